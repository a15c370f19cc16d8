from django.urls import path

from core import views

urlpatterns = [
    path("login/", views.login, name="login"),
    path("logout/", views.logout, name="logout"),
    path("account/", views.account, name="account"),
    path("account/email/remove/", views.remove_email, name="email-remove"),
    path("account/email/<str:proof>/", views.confirm_email, name="email-confirm"),
    path("password/", views.password_change, name="password-change"),
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/<int:pk>/open/", views.open_notice, name="notice-open"),
    path("audit/", views.audit_trail, name="audit-trail"),
    path("health/", views.health, name="health"),
    path("styleguide/", views.style_guide, name="styleguide"),
]
