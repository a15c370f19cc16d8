from django.urls import path

from loans import views

app_name = "loans"

urlpatterns = [
    path("", views.loans, name="list"),
    path("arrears/", views.arrears, name="arrears"),
    path("arrears/export/", views.arrears_export, name="arrears-export"),
    path("mine/", views.mine, name="mine"),
    path("simulate/", views.simulate, name="simulate"),
    path("apply/", views.apply, name="apply"),
    path("guarantees/<int:pk>/", views.guarantee, name="guarantee"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/schedule/", views.schedule, name="schedule"),
    path("<int:pk>/schedule.pdf", views.schedule_paper, name="schedule-paper"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/approve/", views.approve, name="approve"),
    path("<int:pk>/refuse/", views.refuse, name="refuse"),
    path("<int:pk>/disburse/", views.disburse, name="disburse"),
    path("<int:pk>/repay/", views.repay, name="repay"),
    path("repayments/<int:pk>/reverse/", views.reverse_repayment, name="reverse-repayment"),
]
