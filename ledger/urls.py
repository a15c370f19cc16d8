from django.urls import path

from ledger import views

app_name = "ledger"

urlpatterns = [
    path("", views.accounts, name="accounts"),
    path("accounts/<int:pk>/", views.account, name="account"),
    path("accounts/<int:pk>/export/", views.export_account, name="export-account"),
    path("journal/", views.journal, name="journal"),
    path("entries/<int:pk>/", views.entry, name="entry"),
    path("entries/<int:pk>/reverse/", views.reverse, name="reverse"),
    path("post/", views.post, name="post"),
    path("trial-balance/", views.trial_balance, name="trial-balance"),
    path("trial-balance/export/", views.export_trial_balance, name="export-trial-balance"),
    path("income-statement/", views.income_statement, name="income-statement"),
    path("balance-sheet/", views.balance_sheet, name="balance-sheet"),
    path("periods/", views.periods, name="periods"),
    path("periods/open-year/<str:unit>/", views.open_year, name="open-year"),
    path("receipts/", views.receipts, name="receipts"),
    path("receipts/<int:pk>/", views.receipt, name="receipt"),
    path("receipts/<int:pk>/paper/", views.receipt_paper, name="receipt-paper"),
    path("receipts/<int:pk>/small/", views.receipt_small, name="receipt-small"),
]
