from django.urls import path

from stock.views import moving

app_name = "stock"

urlpatterns = [
    path("", moving.mine, name="mine"),
    path("of/<int:member>/", moving.of, name="of"),
    path("of/<int:member>/export/", moving.export_stock, name="export"),
    path("of/<int:member>/choose/<str:kind>/", moving.choose, name="choose"),
    path("of/<int:member>/<int:pk>/", moving.item, name="item"),
    path("of/<int:member>/<int:pk>/count/", moving.count, name="count"),
    path("of/<int:member>/<int:pk>/<str:kind>/", moving.record, name="record"),
]
