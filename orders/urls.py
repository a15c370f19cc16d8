from django.urls import path

from orders.views import accepting, board, capacity, handover, rounds, taking

app_name = "orders"

urlpatterns = [
    path("", taking.index, name="list"),
    path("work/", taking.work, name="work"),
    path("take/", accepting.take, name="take"),
    path("export/", taking.export_orders, name="export"),
    path("<int:pk>/", taking.detail, name="detail"),
    path("<int:pk>/finish/", taking.finish, name="finish"),
    path("<int:pk>/cancel/", taking.cancel, name="cancel"),
    path("capacity/", capacity.capacity, name="capacity"),
    path("capacity/<int:pk>/", capacity.capacity, name="capacity-of"),
    path("capacity/<int:pk>/close/", capacity.close_workshop, name="close-workshop"),
    path("closures/<int:pk>/reopen/", capacity.reopen_workshop, name="reopen-workshop"),
    path("lines/<int:pk>/offer/", taking.post_surplus, name="post-surplus"),
    path("board/", board.board, name="board"),
    path("surplus/<int:pk>/", board.surplus, name="surplus"),
    path("surplus/<int:pk>/withdraw/", board.withdraw_surplus, name="withdraw-surplus"),
    path("surplus/<int:pk>/photo/", board.photo, name="surplus-photo"),
    path("surplus/<int:pk>/close/", rounds.close_round, name="close-round"),
    path("requests/<int:pk>/accept/", rounds.accept_request, name="accept-request"),
    path("requests/<int:pk>/withdraw/", rounds.withdraw_request, name="withdraw-request"),
    path("rounds/", rounds.index, name="rounds"),
    path("rounds/<int:pk>/", rounds.detail, name="round"),
    path("claims/<int:pk>/", handover.claim, name="claim"),
    path("claims/<int:pk>/withdraw/", handover.withdraw_claim, name="withdraw-claim"),
    path("claims/<int:pk>/deliver/", handover.deliver, name="deliver"),
    path("deliveries/<int:pk>/confirm/", handover.confirm, name="confirm"),
    path("deliveries/<int:pk>/settle/", handover.settle, name="settle"),
    path("settlements/", handover.settlements, name="settlements"),
    path("settlements/<int:pk>/pay-out/", handover.pay_out, name="pay-out"),
    path("settlements/<int:pk>/reverse/", handover.reverse_settlement, name="reverse-settlement"),
]
