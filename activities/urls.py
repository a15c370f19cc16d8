from django.urls import path

from activities.views import collecting, dues, meetings, visits

app_name = "activities"

urlpatterns = [
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/hold/", meetings.hold_meeting, name="hold-meeting"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/attendance/", meetings.record_attendance, name="record-attendance"),
    path("meetings/<int:pk>/minutes/", meetings.write_minutes, name="write-minutes"),
    path("meetings/<int:pk>/collect/", collecting.collect, name="collect"),
    path("dues/", dues.dues, name="dues"),
    path("dues/export/", dues.dues_export, name="dues-export"),
    path("dues/<int:pk>/", dues.dues_of, name="dues-of"),
    path("dues/<int:pk>/collect/", dues.collect_dues, name="collect-dues"),
    path("dues/payments/<int:pk>/reverse/", dues.reverse_dues, name="reverse-dues"),
    path("visits/", visits.visits, name="visits"),
    path("visits/record/", visits.record_visit, name="record-visit"),
]
