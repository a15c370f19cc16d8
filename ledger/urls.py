from django.urls import path

from ledger.views import account, entry, period, receipt, statement

app_name = "ledger"

urlpatterns = [
    path("", account.accounts, name="accounts"),
    path("accounts/<int:pk>/", account.account, name="account"),
    path("accounts/<int:pk>/export/", account.export_account, name="export-account"),
    path("journal/", entry.journal, name="journal"),
    path("entries/<int:pk>/", entry.entry, name="entry"),
    path("trial-balance/", statement.trial_balance, name="trial-balance"),
    path("trial-balance/export/", statement.export_trial_balance, name="export-trial-balance"),
    path("income-statement/", statement.income_statement, name="income-statement"),
    path("balance-sheet/", statement.balance_sheet, name="balance-sheet"),
    path("periods/", period.periods, name="periods"),
    path("periods/open-year/<str:unit>/", period.open_year, name="open-year"),
    path("receipts/", receipt.receipts, name="receipts"),
    path("receipts/<int:pk>/", receipt.receipt, name="receipt"),
    path("receipts/<int:pk>/paper/", receipt.receipt_paper, name="receipt-paper"),
    path("receipts/<int:pk>/small/", receipt.receipt_small, name="receipt-small"),
]
