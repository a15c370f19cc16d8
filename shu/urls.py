from django.urls import path

from shu import views

app_name = "shu"

urlpatterns = [
    path("", views.preview, name="preview"),
]
