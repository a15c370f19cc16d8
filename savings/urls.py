from django.urls import path

from savings.views import balance, block, interest, movement, obligation, tax, term_deposit, withdrawal_request

app_name = "savings"

urlpatterns = [
    path("", balance.index, name="list"),
    path("export/", balance.index_export, name="list-export"),
    path("obligations/", obligation.index, name="obligations"),
    path("obligations/export/", obligation.index_export, name="obligations-export"),
    path("<int:pk>/", movement.passbook, name="passbook"),
    path("<int:pk>/passbook.pdf", movement.passbook_paper, name="passbook-paper"),
    path("<int:pk>/deposit/", movement.deposit, name="deposit"),
    path("<int:pk>/withdraw/", movement.withdraw, name="withdraw"),
    path("<int:pk>/join/", movement.join, name="join"),
    path("movements/<int:pk>/reverse/", movement.reverse_movement, name="reverse"),
    path("<int:pk>/block/", block.block, name="block"),
    path("blocks/<int:pk>/release/", block.release, name="release"),
    path("<int:pk>/request-withdrawal/", withdrawal_request.request_withdrawal, name="request-withdrawal"),
    path("withdrawal-requests/", withdrawal_request.index, name="withdrawal-requests"),
    path("withdrawal-requests/<int:pk>/", withdrawal_request.detail, name="withdrawal-request"),
    path("withdrawal-requests/<int:pk>/approve/", withdrawal_request.approve, name="approve-withdrawal"),
    path("withdrawal-requests/<int:pk>/pay/", withdrawal_request.pay, name="pay-withdrawal"),
    path("withdrawal-requests/<int:pk>/refuse/", withdrawal_request.refuse, name="refuse-withdrawal"),
    path("withdrawal-requests/<int:pk>/cancel/", withdrawal_request.cancel, name="cancel-withdrawal"),
    path("<int:pk>/open-term-deposit/", term_deposit.open_term_deposit, name="open-term-deposit"),
    path("term-deposits/", term_deposit.index, name="term-deposits"),
    path("term-deposits/export/", term_deposit.index_export, name="term-deposits-export"),
    path("term-deposits/<int:pk>/", term_deposit.detail, name="term-deposit"),
    path("term-deposits/<int:pk>/certificate.pdf", term_deposit.paper, name="term-deposit-paper"),
    path("term-deposits/<int:pk>/renewal/", term_deposit.choose_renewal, name="choose-renewal"),
    path("term-deposits/<int:pk>/break/", term_deposit.break_term_deposit, name="break-term-deposit"),
    path("term-deposits/<int:pk>/undo/", term_deposit.undo_term_deposit, name="undo-term-deposit"),
    path("interest/", interest.latest, name="interest-latest"),
    path("interest/<str:month>/", interest.month, name="interest"),
    path("interest/<str:month>/export/", interest.month_export, name="interest-export"),
    path("interest/<str:month>/pay-tax/", tax.pay_tax, name="pay-tax"),
    path("<int:pk>/interest/<str:month>/slip.pdf", tax.slip, name="tax-slip"),
]
