from django.urls import path

from stock.views import bill, holder, loan, loan_return, movement, purchase, share, step

app_name = "stock"

urlpatterns = [
    path("", movement.mine, name="mine"),
    path("of/<int:member>/", movement.of, name="of"),
    path("of/<int:member>/export/", movement.export_stock, name="export"),
    path("of/<int:member>/choose/<str:kind>/", movement.choose, name="choose"),
    path("of/<int:member>/<int:pk>/", movement.item, name="item"),
    path("of/<int:member>/<int:pk>/count/", movement.count, name="count"),
    path("of/<int:member>/<int:pk>/limit/", holder.limit, name="limit"),
    path("of/<int:member>/<int:pk>/<str:kind>/", movement.record, name="record"),
    path("who-holds/", holder.materials, name="materials"),
    path("who-holds/<int:pk>/", holder.holders, name="holders"),
    path("lend/<int:pk>/<str:side>/", loan.lend, name="lend"),
    path("loans/", loan.loans, name="loans"),
    path("loans/all/", loan.all_loans, name="all-loans"),
    path("loans/export/", loan.export_loans, name="export-loans"),
    path("loans/<int:pk>/", loan.loan, name="loan"),
    path("loans/<int:pk>/confirm/", loan.confirm, name="confirm"),
    path("loans/<int:pk>/decline/", loan.decline, name="decline"),
    path("loans/<int:pk>/give-back/", loan_return.give_back, name="give-back"),
    path("returns/<int:pk>/confirm/", loan_return.confirm_return, name="confirm-return"),
    path("returns/<int:pk>/decline/", loan_return.decline_return, name="decline-return"),
    path("purchases/", purchase.purchases, name="purchases"),
    path("purchases/open/", purchase.open_purchase, name="open-purchase"),
    path("purchases/<int:pk>/", purchase.purchase, name="purchase"),
    path("purchases/<int:pk>/join/", purchase.join, name="join"),
    path("purchases/<int:pk>/quote/", purchase.quote, name="quote"),
    path("purchases/<int:pk>/choose/", step.choose, name="choose-supplier"),
    path("purchases/<int:pk>/receive/", step.receive, name="receive"),
    path("purchases/<int:pk>/share-out/", share.share_out, name="share-out"),
    path("purchases/<int:pk>/shares/<int:member>/pay/", share.pay_share, name="pay-share"),
    path("purchases/<int:pk>/pay-supplier/", step.pay_supplier, name="pay-supplier"),
    path("purchases/<int:pk>/cancel/", purchase.cancel_purchase, name="cancel-purchase"),
    path("purchases/steps/<int:pk>/reverse-choice/", step.reverse_choice, name="reverse-choice"),
    path("purchases/steps/<int:pk>/reverse/", step.reverse_step, name="reverse-step"),
    path("purchases/payments/<int:pk>/reverse/", share.reverse_share_payment, name="reverse-share-payment"),
    path("bill/<int:pk>/", bill.bill, name="bill"),
    path("bill/lines/<int:pk>/remove/", bill.remove_from_bill, name="remove-from-bill"),
]
