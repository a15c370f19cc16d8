from django.urls import path

from orders import views

app_name = "orders"

urlpatterns = [
    path("", views.index, name="list"),
    path("work/", views.work, name="work"),
    path("take/", views.take, name="take"),
    path("export/", views.export_orders, name="export"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/finish/", views.finish, name="finish"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
    path("capacity/", views.capacity, name="capacity"),
    path("capacity/<int:pk>/", views.capacity, name="capacity-of"),
    path("lines/<int:pk>/offer/", views.post_surplus, name="post-surplus"),
    path("board/", views.board, name="board"),
    path("surplus/<int:pk>/", views.surplus, name="surplus"),
    path("surplus/<int:pk>/withdraw/", views.withdraw_surplus, name="withdraw-surplus"),
    path("claims/<int:pk>/", views.claim, name="claim"),
    path("claims/<int:pk>/withdraw/", views.withdraw_claim, name="withdraw-claim"),
    path("claims/<int:pk>/deliver/", views.deliver, name="deliver"),
    path("deliveries/<int:pk>/confirm/", views.confirm, name="confirm"),
    path("deliveries/<int:pk>/settle/", views.settle, name="settle"),
    path("settlements/", views.settlements, name="settlements"),
    path("settlements/<int:pk>/pay-out/", views.pay_out, name="pay-out"),
    path("settlements/<int:pk>/reverse/", views.reverse_settlement, name="reverse-settlement"),
]
