from django.urls import path

from stock.views import bill, lending, moving

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
    path("bill/<int:pk>/", bill.bill, name="bill"),
    path("bill/lines/<int:pk>/remove/", bill.remove_from_bill, name="remove-from-bill"),
]
