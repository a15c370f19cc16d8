"""The map of the house."""

from django.urls import include, path

from kokkmas import views

handler400 = "core.http.bad_request"
handler403 = "core.http.forbidden"
handler404 = "core.http.not_found"
handler500 = "core.http.server_error"

urlpatterns = [
    path("", views.home, name="home"),
    path("language/", views.language, name="language"),
    path("", include("core.urls")),
    path("members/", include("members.urls")),
]
