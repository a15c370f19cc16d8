from django.urls import path

from governance.views import deciding

app_name = "governance"

urlpatterns = [
    path("decisions/", deciding.decisions, name="decisions"),
    path("decisions/record/", deciding.record_decision, name="record-decision"),
    path("decisions/<int:pk>/", deciding.decision, name="decision"),
    path("offices/", deciding.offices, name="offices"),
    path("offices/elect/", deciding.elect, name="elect"),
    path("offices/<int:pk>/end/", deciding.end_term, name="end-term"),
    path("rules/", deciding.rules, name="rules"),
    path("rules/<str:kind>/", deciding.rules_history, name="rules-history"),
    path("rules/<str:kind>/put-in-force/", deciding.put_in_force, name="put-in-force"),
]
