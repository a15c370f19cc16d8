from django.urls import path

from core import views

urlpatterns = [
    path("login/", views.login, name="login"),
    path("logout/", views.logout, name="logout"),
    path("password/", views.password_change, name="password-change"),
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/<int:pk>/open/", views.open_notice, name="notice-open"),
    path("audit/", views.audit_trail, name="audit-trail"),
    path("health/", views.health, name="health"),
    path("styleguide/", views.style_guide, name="styleguide"),
]
