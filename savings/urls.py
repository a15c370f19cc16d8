from django.urls import path

from savings.views import passbook, requests

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
    path("requests/", requests.index, name="requests"),
    path("requests/<int:pk>/", requests.one, name="request"),
    path("requests/<int:pk>/approve/", requests.approve, name="request-approve"),
    path("requests/<int:pk>/pay/", requests.pay, name="request-pay"),
    path("requests/<int:pk>/refuse/", requests.refuse, name="request-refuse"),
    path("requests/<int:pk>/take-back/", requests.take_back, name="request-take-back"),
]
