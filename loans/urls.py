from django.urls import path

from loans.views import applying, deciding, lists, money, one

app_name = "loans"

urlpatterns = [
    path("", lists.loans, name="list"),
    path("arrears/", lists.arrears, name="arrears"),
    path("arrears/export/", lists.arrears_export, name="arrears-export"),
    path("mine/", lists.mine, name="mine"),
    path("simulate/", applying.simulate, name="simulate"),
    path("apply/", applying.apply, name="apply"),
    path("guarantees/<int:pk>/", applying.guarantee, name="guarantee"),
    path("<int:pk>/", one.detail, name="detail"),
    path("<int:pk>/schedule/", one.schedule, name="schedule"),
    path("<int:pk>/schedule.pdf", one.schedule_paper, name="schedule-paper"),
    path("<int:pk>/withdraw/", applying.withdraw, name="withdraw"),
    path("<int:pk>/approve/", deciding.approve, name="approve"),
    path("<int:pk>/refuse/", deciding.refuse, name="refuse"),
    path("<int:pk>/disburse/", money.disburse, name="disburse"),
    path("<int:pk>/repay/", money.repay, name="repay"),
    path("repayments/<int:pk>/reverse/", money.reverse_repayment, name="reverse-repayment"),
]
