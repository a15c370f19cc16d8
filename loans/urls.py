from django.urls import path

from loans.views import applying, backing, deciding, giving_up, guaranteeing, lists, money, one, quality

app_name = "loans"

urlpatterns = [
    path("", lists.loans, name="list"),
    path("arrears/", lists.arrears, name="arrears"),
    path("arrears/export/", lists.arrears_export, name="arrears-export"),
    path("quality/", quality.quality, name="quality"),
    path("quality/export/", quality.quality_export, name="quality-export"),
    path("quality/<str:cls>/", quality.of_class, name="quality-class"),
    path("written-off/", giving_up.written_off, name="written-off"),
    path("written-off/export/", giving_up.written_off_export, name="written-off-export"),
    path("mine/", lists.mine, name="mine"),
    path("simulate/", applying.simulate, name="simulate"),
    path("apply/", applying.apply, name="apply"),
    path("guarantees/<int:pk>/", guaranteeing.guarantee, name="guarantee"),
    path("<int:pk>/", one.detail, name="detail"),
    path("<int:pk>/schedule/", one.schedule, name="schedule"),
    path("<int:pk>/schedule.pdf", one.schedule_paper, name="schedule-paper"),
    path("guarantees/<int:pk>/release/", guaranteeing.release_guarantor, name="release-guarantor"),
    path("<int:pk>/guarantors/ask/", guaranteeing.ask_guarantor, name="ask-guarantor"),
    path("<int:pk>/survey/", deciding.survey, name="survey"),
    path("<int:pk>/endorse/", deciding.endorse, name="endorse"),
    path("<int:pk>/collateral/", backing.pledge, name="pledge"),
    path("collateral/<int:pk>/paper/", backing.collateral_paper, name="collateral-paper"),
    path("collateral/<int:pk>/value/", backing.value_collateral, name="value-collateral"),
    path("collateral/<int:pk>/return/", backing.return_collateral, name="return-collateral"),
    path("<int:pk>/write-off/", giving_up.propose, name="propose-write-off"),
    path("write-offs/<int:pk>/carry-out/", giving_up.carry_out, name="carry-out-write-off"),
    path("write-offs/<int:pk>/drop/", giving_up.drop, name="drop-write-off"),
    path("<int:pk>/recover/", giving_up.recover, name="recover"),
    path("recoveries/<int:pk>/reverse/", giving_up.reverse_recovery, name="reverse-recovery"),
    path("<int:pk>/assess/", quality.assess, name="assess"),
    path("<int:pk>/withdraw/", applying.withdraw, name="withdraw"),
    path("<int:pk>/approve/", deciding.approve, name="approve"),
    path("<int:pk>/refuse/", deciding.refuse, name="refuse"),
    path("<int:pk>/disburse/", money.disburse, name="disburse"),
    path("<int:pk>/repay/", money.repay, name="repay"),
    path("<int:pk>/pay-off/", money.pay_off, name="pay-off"),
    path("repayments/<int:pk>/reverse/", money.reverse_repayment, name="reverse-repayment"),
]
