from django.urls import path

from core import login_views, views

urlpatterns = [
    path("login/", login_views.login, name="login"),
    path("login/code/", login_views.login_code, name="login-code"),
    path("account/prove/", login_views.prove, name="prove"),
    path("account/second-factor/", login_views.second_factor, name="second-factor"),
    path("account/second-factor/remove/", login_views.remove_second_factor, name="second-factor-remove"),
    path("account/recovery-codes/", login_views.recovery_codes, name="recovery-codes"),
    path("logout/", login_views.logout, name="logout"),
    path("account/", views.account, name="account"),
    path("account/email/remove/", views.remove_email, name="email-remove"),
    path("account/email/topics/", views.email_topics, name="email-topics"),
    path("account/email/<str:proof>/", views.confirm_email, name="email-confirm"),
    path("password/", login_views.password_change, name="password-change"),
    path("account/logins/<int:pk>/end/", login_views.end_login, name="login-end"),
    path("password/renewals/", login_views.renewals, name="renewals"),
    path("password/renewals/new/", login_views.ask_for_renewal, name="renewal-ask"),
    path("password/renewals/<int:pk>/confirm/", login_views.confirm_renewal, name="renewal-confirm"),
    path("password/renewals/<int:pk>/decline/", login_views.decline_renewal, name="renewal-decline"),
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/<int:pk>/open/", views.open_notice, name="notice-open"),
    path("audit/", views.audit_trail, name="audit-trail"),
    path("health/", views.health, name="health"),
    path("styleguide/", views.style_guide, name="styleguide"),
]
