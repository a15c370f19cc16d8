from django.urls import path

from treasury.views import bank_account, bank_statement, cash_count, journal, overview, spending, transfer, voucher

app_name = "treasury"

urlpatterns = [
    path("", overview.index, name="index"),
    path("vouchers/", voucher.vouchers, name="vouchers"),
    path("vouchers/export/", voucher.export_vouchers, name="export-vouchers"),
    path("vouchers/record/<str:direction>/", voucher.record_voucher, name="record-voucher"),
    path("vouchers/<int:pk>/", voucher.voucher, name="voucher"),
    path("vouchers/<int:pk>/paper/", voucher.voucher_paper, name="voucher-paper"),
    path("vouchers/<int:pk>/small/", voucher.voucher_small, name="voucher-small"),
    path("vouchers/<int:pk>/bill/", voucher.bill, name="voucher-bill"),
    path("vouchers/<int:pk>/reverse/", voucher.reverse_voucher, name="reverse-voucher"),
    path("journals/<int:pk>/", journal.journal, name="journal"),
    path("journals/<int:pk>/paper/", journal.journal_paper, name="journal-paper"),
    path("journals/<int:pk>/bill/", journal.bill, name="journal-bill"),
    path("journals/<int:pk>/reverse/", journal.reverse_journal, name="reverse-journal"),
    path("templates/", voucher.templates, name="templates"),
    path("templates/add/", voucher.save_template, name="add-template"),
    path("templates/<int:pk>/", voucher.save_template, name="template"),
    path("templates/<int:pk>/end/", voucher.end_template, name="end-template"),
    path("requests/", spending.requests, name="requests"),
    path("requests/<int:pk>/", spending.request_, name="request"),
    path("requests/<int:pk>/bill/", spending.bill, name="request-bill"),
    path("requests/<int:pk>/confirm/", spending.confirm_payment, name="confirm-payment"),
    path("requests/<int:pk>/decline/", spending.decline_payment, name="decline-payment"),
    path("requests/<int:pk>/withdraw/", spending.withdraw_request, name="withdraw-request"),
    path("counts/", cash_count.cash_counts, name="cash-counts"),
    path("counts/add/", cash_count.count_cash, name="count-cash"),
    path("counts/<int:pk>/", cash_count.cash_count, name="cash-count"),
    path("counts/<int:pk>/paper/", cash_count.cash_count_paper, name="cash-count-paper"),
    path("banks/add/", bank_account.open_bank_account, name="open-bank-account"),
    path("banks/<int:pk>/", bank_account.bank_account, name="bank-account"),
    path("banks/<int:pk>/columns/", bank_account.set_mapping, name="set-mapping"),
    path("banks/<int:pk>/close/", bank_account.close_bank_account, name="close-bank-account"),
    path("banks/<int:pk>/import/", bank_statement.import_statement, name="import-statement"),
    path("banks/<int:pk>/match/", bank_statement.match, name="match"),
    path("movements/<int:pk>/unmatch/", bank_statement.unmatch, name="unmatch"),
    path("transfers/add/", transfer.transfer, name="transfer"),
    path("transfers/<int:pk>/reverse/", transfer.reverse_transfer, name="reverse-transfer"),
]
