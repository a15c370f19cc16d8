from django.urls import path

from stock.views import bill, buying, lending, moving, undoing

app_name = "stock"

urlpatterns = [
    path("", moving.mine, name="mine"),
    path("of/<int:member>/", moving.of, name="of"),
    path("of/<int:member>/export/", moving.export_stock, name="export"),
    path("of/<int:member>/choose/<str:kind>/", moving.choose, name="choose"),
    path("of/<int:member>/<int:pk>/", moving.item, name="item"),
    path("of/<int:member>/<int:pk>/count/", moving.count, name="count"),
    path("of/<int:member>/<int:pk>/limit/", lending.limit, name="limit"),
    path("of/<int:member>/<int:pk>/<str:kind>/", moving.record, name="record"),
    path("who-holds/", lending.materials, name="materials"),
    path("who-holds/<int:pk>/", lending.holders, name="holders"),
    path("lend/<int:pk>/<str:side>/", lending.lend, name="lend"),
    path("loans/", lending.loans, name="loans"),
    path("loans/all/", lending.all_loans, name="all-loans"),
    path("loans/export/", lending.export_loans, name="export-loans"),
    path("loans/<int:pk>/", lending.loan, name="loan"),
    path("loans/<int:pk>/confirm/", lending.confirm, name="confirm"),
    path("loans/<int:pk>/decline/", lending.decline, name="decline"),
    path("loans/<int:pk>/give-back/", lending.give_back, name="give-back"),
    path("returns/<int:pk>/confirm/", lending.confirm_return, name="confirm-return"),
    path("returns/<int:pk>/decline/", lending.decline_return, name="decline-return"),
    path("purchases/", buying.purchases, name="purchases"),
    path("purchases/open/", buying.open_purchase, name="open-purchase"),
    path("purchases/<int:pk>/", buying.purchase, name="purchase"),
    path("purchases/<int:pk>/join/", buying.join, name="join"),
    path("purchases/<int:pk>/quote/", buying.quote, name="quote"),
    path("purchases/<int:pk>/choose/", buying.choose, name="choose-supplier"),
    path("purchases/<int:pk>/receive/", buying.receive, name="receive"),
    path("purchases/<int:pk>/share-out/", buying.share_out, name="share-out"),
    path("purchases/<int:pk>/shares/<int:member>/pay/", buying.pay_share, name="pay-share"),
    path("purchases/<int:pk>/pay-supplier/", buying.pay_supplier, name="pay-supplier"),
    path("purchases/<int:pk>/cancel/", buying.cancel_purchase, name="cancel-purchase"),
    path("purchases/steps/<int:pk>/reverse-choice/", undoing.reverse_choice, name="reverse-choice"),
    path("purchases/steps/<int:pk>/reverse/", undoing.reverse_step, name="reverse-step"),
    path("purchases/payments/<int:pk>/reverse/", undoing.reverse_share_payment, name="reverse-share-payment"),
    path("bill/<int:pk>/", bill.bill, name="bill"),
    path("bill/lines/<int:pk>/remove/", bill.remove_from_bill, name="remove-from-bill"),
]
