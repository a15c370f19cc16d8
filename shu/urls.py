from django.urls import path

from shu import views

app_name = "shu"

urlpatterns = [
    path("", views.preview, name="preview"),
    path("mine/", views.mine, name="mine"),
    path("years/<int:year>/propose/", views.propose, name="propose"),
    path("<int:pk>/", views.distribution, name="distribution"),
    path("<int:pk>/export/", views.distribution_export, name="distribution-export"),
    path("<int:pk>/shu.pdf", views.distribution_paper, name="distribution-paper"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/book/", views.book, name="book"),
    path("<int:pk>/pay/", views.pay_all, name="pay-all"),
    path("shares/<int:pk>/pay/", views.pay, name="pay"),
    path("payments/<int:pk>/reverse/", views.reverse_payment, name="reverse-payment"),
]
