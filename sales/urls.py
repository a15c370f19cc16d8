from django.urls import path

from sales.views import invoice, market, payment, proceeds, receivables, returns, shipment, terms

app_name = "sales"

urlpatterns = [
    path("orders/<int:pk>/terms/", terms.terms, name="terms"),
    path("orders/<int:pk>/ship/", shipment.ship, name="ship"),
    path("orders/<int:pk>/finish/", shipment.finish, name="finish"),
    path("shipments/<int:pk>/paper/", shipment.delivery_note, name="delivery-note"),
    path("shipments/<int:pk>/reverse/", shipment.reverse_shipment, name="reverse-shipment"),
    path("orders/<int:pk>/invoice/", invoice.invoice, name="invoice"),
    path("invoices/<int:pk>/paper/", invoice.invoice_paper, name="invoice-paper"),
    path("invoices/<int:pk>/reverse/", invoice.reverse_invoice, name="reverse-invoice"),
    path("orders/<int:pk>/deposit/", payment.deposit, name="deposit"),
    path("orders/<int:pk>/give-back/", payment.give_back, name="give-back"),
    path("invoices/<int:pk>/pay/", payment.pay_invoice, name="pay-invoice"),
    path("invoices/<int:pk>/give-back/", payment.give_money_back, name="give-money-back"),
    path("payments/<int:pk>/reverse/", payment.reverse_payment, name="reverse-payment"),
    path("orders/<int:pk>/return/", returns.take_back, name="take-back"),
    path("returns/<int:pk>/paper/", returns.return_paper, name="return-paper"),
    path("returns/<int:pk>/reverse/", returns.reverse_return, name="reverse-return"),
    path("invoices/<int:pk>/proceeds/", proceeds.pay_proceeds, name="pay-proceeds"),
    path("proceeds/<int:pk>/reverse/", proceeds.reverse_proceeds, name="reverse-proceeds"),
    path("receivables/", receivables.receivables, name="receivables"),
    path("receivables/export/", receivables.export_receivables, name="export-receivables"),
    path("market/", market.index, name="market"),
    path("market/export/", market.export_market, name="export-market"),
]
