from django.urls import path

from activities.views import collecting, dues, meetings, programmes, visits

app_name = "activities"

urlpatterns = [
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/hold/", meetings.hold_meeting, name="hold-meeting"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/attendance/", meetings.record_attendance, name="record-attendance"),
    path("meetings/<int:pk>/minutes/", meetings.write_minutes, name="write-minutes"),
    path("meetings/<int:pk>/collect/", collecting.collect, name="collect"),
    path("meetings/<int:pk>/collect/sheet.pdf", collecting.collect_paper, name="collect-paper"),
    path("dues/", dues.dues, name="dues"),
    path("dues/export/", dues.dues_export, name="dues-export"),
    path("dues/<int:pk>/", dues.dues_of, name="dues-of"),
    path("dues/<int:pk>/collect/", dues.collect_dues, name="collect-dues"),
    path("dues/payments/<int:pk>/reverse/", dues.reverse_dues, name="reverse-dues"),
    path("visits/", visits.visits, name="visits"),
    path("visits/record/", visits.record_visit, name="record-visit"),
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes/export/", programmes.programmes_export, name="programmes-export"),
    path("programmes/plan/", programmes.plan_programme, name="plan-programme"),
    path("programmes/<int:pk>/", programmes.programme, name="programme"),
    path("programmes/<int:pk>/join/", programmes.join_programme, name="join-programme"),
    path("programmes/<int:pk>/step-back/", programmes.step_back, name="step-back"),
    path("programmes/<int:pk>/hold/", programmes.hold_programme, name="hold-programme"),
    path("programmes/<int:pk>/cancel/", programmes.cancel_programme, name="cancel-programme"),
    path("programmes/<int:pk>/pay/", programmes.pay_expense, name="pay-expense"),
    path("aid/", programmes.aid, name="aid"),
    path("aid/give/", programmes.give_aid, name="give-aid"),
    path("aid/<int:pk>/take-back/", programmes.take_back, name="take-back"),
]
