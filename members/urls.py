from django.urls import path

from members import views

app_name = "members"

urlpatterns = [
    path("", views.index, name="list"),
    path("export/", views.export, name="export"),
    path("register/", views.register, name="register"),
    path("apply/", views.apply, name="apply"),
    path("me/", views.me, name="me"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/admit/", views.admit, name="admit"),
    path("<int:pk>/refuse/", views.refuse, name="refuse"),
    path("<int:pk>/correct/", views.correct, name="correct"),
    path("<int:pk>/nik/", views.read_nik, name="read-nik"),
    path("<int:pk>/data/", views.take_data_out, name="data"),
    path("<int:pk>/business/", views.set_business, name="business"),
    path("<int:pk>/workers/", views.count_workers, name="workers"),
    path("<int:pk>/skills/", views.set_skills, name="skills"),
    path("<int:pk>/login/", views.give_login, name="login"),
    path("<int:pk>/login/link/", views.link_login, name="link-login"),
    path("<int:pk>/password/", views.reset_password, name="password"),
    path("partners/", views.partners, name="partners"),
    path("partners/export/", views.export_partners, name="partners-export"),
    path("partners/add/", views.record_partner, name="partner-add"),
    path("partners/<int:pk>/", views.partner, name="partner"),
    path("partners/<int:pk>/correct/", views.correct_partner, name="partner-correct"),
]
