from django.urls import path

from savings.views import blocking, earning, passbook, requests, term

app_name = "savings"

urlpatterns = [
    path("", passbook.index, name="list"),
    path("export/", passbook.index_export, name="list-export"),
    path("unpaid/", passbook.unpaid, name="unpaid"),
    path("unpaid/export/", passbook.unpaid_export, name="unpaid-export"),
    path("<int:pk>/", passbook.passbook, name="passbook"),
    path("<int:pk>/passbook.pdf", passbook.passbook_paper, name="passbook-paper"),
    path("<int:pk>/deposit/", passbook.deposit, name="deposit"),
    path("<int:pk>/withdraw/", passbook.withdraw, name="withdraw"),
    path("<int:pk>/join/", passbook.join, name="join"),
    path("movements/<int:pk>/reverse/", passbook.reverse_movement, name="reverse"),
    path("<int:pk>/ask/", requests.ask, name="ask"),
    path("terms/", term.index, name="terms"),
    path("terms/export/", term.index_export, name="terms-export"),
    path("<int:pk>/open-term/", term.open_term, name="open-term"),
    path("terms/<int:pk>/", term.one, name="term"),
    path("terms/<int:pk>/certificate.pdf", term.paper, name="term-paper"),
    path("terms/<int:pk>/renewal/", term.choose_renewal, name="term-renewal"),
    path("terms/<int:pk>/break/", term.break_term, name="term-break"),
    path("terms/<int:pk>/undo/", term.undo_term, name="term-undo"),
    path("interest/", earning.latest, name="interest-latest"),
    path("interest/<str:month>/", earning.month, name="interest"),
    path("interest/<str:month>/export/", earning.month_export, name="interest-export"),
    path("interest/<str:month>/pay-tax/", earning.pay_tax, name="pay-tax"),
    path("<int:pk>/interest/<str:month>/slip.pdf", earning.slip, name="slip"),
    path("<int:pk>/block/", blocking.block, name="block"),
    path("blocks/<int:pk>/release/", blocking.release, name="release"),
    path("requests/", requests.index, name="requests"),
    path("requests/<int:pk>/", requests.one, name="request"),
    path("requests/<int:pk>/approve/", requests.approve, name="request-approve"),
    path("requests/<int:pk>/pay/", requests.pay, name="request-pay"),
    path("requests/<int:pk>/refuse/", requests.refuse, name="request-refuse"),
    path("requests/<int:pk>/take-back/", requests.take_back, name="request-take-back"),
]
