from django.urls import path

from activities import views

app_name = "activities"

urlpatterns = [
    path("meetings/", views.meetings, name="meetings"),
    path("meetings/hold/", views.hold_meeting, name="hold-meeting"),
    path("meetings/<int:pk>/", views.meeting, name="meeting"),
    path("meetings/<int:pk>/attendance/", views.record_attendance, name="record-attendance"),
    path("meetings/<int:pk>/minutes/", views.write_minutes, name="write-minutes"),
    path("meetings/<int:pk>/collect/", views.collect, name="collect"),
    path("dues/", views.dues, name="dues"),
    path("dues/export/", views.dues_export, name="dues-export"),
    path("dues/<int:pk>/", views.dues_of, name="dues-of"),
    path("dues/<int:pk>/collect/", views.collect_dues, name="collect-dues"),
    path("dues/payments/<int:pk>/reverse/", views.reverse_dues, name="reverse-dues"),
    path("visits/", views.visits, name="visits"),
    path("visits/record/", views.record_visit, name="record-visit"),
]
