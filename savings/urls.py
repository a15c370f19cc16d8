from django.urls import path

from savings import views

app_name = "savings"

urlpatterns = [
    path("", views.index, name="list"),
    path("export/", views.index_export, name="list-export"),
    path("unpaid/", views.unpaid, name="unpaid"),
    path("unpaid/export/", views.unpaid_export, name="unpaid-export"),
    path("<int:pk>/", views.passbook, name="passbook"),
    path("<int:pk>/passbook.pdf", views.passbook_paper, name="passbook-paper"),
    path("<int:pk>/deposit/", views.deposit, name="deposit"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/join/", views.join, name="join"),
    path("movements/<int:pk>/reverse/", views.reverse_movement, name="reverse"),
]
