from django.urls import path

from departures import views

app_name = "departures"

urlpatterns = [
    path("", views.departures, name="list"),
    path("export/", views.export_departures, name="export"),
    path("of/<int:pk>/", views.propose, name="propose"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/approve/", views.approve, name="approve"),
    path("<int:pk>/pay/", views.pay, name="pay"),
    path("<int:pk>/drop/", views.drop, name="drop"),
    path("<int:pk>/heir/", views.heir_paper, name="heir-paper"),
    path("<int:pk>/statement.pdf", views.statement, name="statement"),
]
