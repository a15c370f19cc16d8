from django.urls import path

from members.views import application, business, login, member, partner

app_name = "members"

urlpatterns = [
    path("", member.index, name="list"),
    path("export/", member.export, name="export"),
    path("register/", member.register, name="register"),
    path("apply/", application.apply, name="apply"),
    path("me/", member.me, name="me"),
    path("<int:pk>/", member.detail, name="detail"),
    path("<int:pk>/admit/", application.admit, name="admit"),
    path("<int:pk>/refuse/", application.refuse, name="refuse"),
    path("<int:pk>/correct/", member.correct, name="correct"),
    path("<int:pk>/nik/", member.read_nik, name="read-nik"),
    path("<int:pk>/data/", member.take_data_out, name="data"),
    path("<int:pk>/business/", business.set_business, name="business"),
    path("<int:pk>/workers/", business.count_workers, name="workers"),
    path("<int:pk>/skills/", business.set_skills, name="skills"),
    path("<int:pk>/login/", login.give_login, name="login"),
    path("<int:pk>/login/link/", login.link_login, name="link-login"),
    path("<int:pk>/password/", login.reset_password, name="password"),
    path("partners/", partner.partners, name="partners"),
    path("partners/export/", partner.export_partners, name="partners-export"),
    path("partners/add/", partner.record_partner, name="partner-add"),
    path("partners/<int:pk>/", partner.partner, name="partner"),
    path("partners/<int:pk>/correct/", partner.correct_partner, name="partner-correct"),
]
