from django.urls import path

from governance import views

app_name = "governance"

urlpatterns = [
    path("decisions/", views.decisions, name="decisions"),
    path("decisions/record/", views.record_decision, name="record-decision"),
    path("decisions/<int:pk>/", views.decision, name="decision"),
    path("offices/", views.offices, name="offices"),
    path("offices/elect/", views.elect, name="elect"),
    path("offices/<int:pk>/end/", views.end_term, name="end-term"),
    path("rules/", views.rules, name="rules"),
    path("rules/<str:kind>/", views.rules_history, name="rules-history"),
    path("rules/<str:kind>/put-in-force/", views.put_in_force, name="put-in-force"),
]
