from django.urls import path

from activities.views import aid, collection, dues, programme, visit

app_name = "activities"

urlpatterns = [
    path("meetings/", collection.meetings_moved, name="meetings"),
    path("meetings/<int:pk>/", collection.meeting_moved, name="meeting"),
    path("meetings/<int:pk>/collect/", collection.collect, name="collect"),
    path("meetings/<int:pk>/collect/sheet.pdf", collection.collect_paper, name="collect-paper"),
    path("dues/", dues.dues, name="dues"),
    path("dues/export/", dues.dues_export, name="dues-export"),
    path("dues/<int:pk>/", dues.dues_of, name="dues-of"),
    path("dues/<int:pk>/collect/", dues.collect_dues, name="collect-dues"),
    path("dues/payments/<int:pk>/reverse/", dues.reverse_dues, name="reverse-dues"),
    path("visits/", visit.visits, name="visits"),
    path("visits/record/", visit.record_visit, name="record-visit"),
    path("programmes/", programme.programmes, name="programmes"),
    path("programmes/export/", programme.programmes_export, name="programmes-export"),
    path("programmes/plan/", programme.plan_programme, name="plan-programme"),
    path("programmes/<int:pk>/", programme.programme, name="programme"),
    path("programmes/<int:pk>/join/", programme.join_programme, name="join-programme"),
    path("programmes/<int:pk>/step-back/", programme.step_back, name="step-back"),
    path("programmes/<int:pk>/hold/", programme.hold_programme, name="hold-programme"),
    path("programmes/<int:pk>/cancel/", programme.cancel_programme, name="cancel-programme"),
    path("programmes/<int:pk>/pay/", programme.pay_expense, name="pay-expense"),
    path("aid/", aid.aid, name="aid"),
    path("aid/give/", aid.give_aid, name="give-aid"),
    path("aid/<int:pk>/take-back/", aid.take_back, name="take-back"),
]
