"""Who came to a meeting."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from governance.meeting_triggers import ATTENDED_BY_A_MEMBER
from governance.models.meeting import Meeting
from members.models import Member


class AttendanceQuerySet(models.QuerySet):
    def counted(self):
        """Those who count and may vote: all but two on one phone whom nobody has asked yet."""
        return self.filter(asked=False)


class Attendance(models.Model):
    """A member who came to a meeting: ticked by an officer, or by their own phone with the code of the minute.

    `device` is a random name that the browser keeps. Where it has spoken for another member of the meeting already,
    the officers are asked, and until they have answered it does not count.
    """

    class How(models.TextChoices):
        LIST = "list", _("by the list")
        CODE = "code", _("by phone")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="attendances")
    how = models.CharField(max_length=5, choices=How, default=How.LIST)
    device = models.CharField(max_length=32, blank=True)
    asked = models.BooleanField(default=False, help_text="one phone for two members: an officer has to look")

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        indexes = [
            models.Index(fields=["meeting", "device"], name="governance_attendance_device", condition=~Q(device=""))
        ]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="governance_attendance_once"),
            models.CheckConstraint(
                name="governance_attendance_device_of_a_phone", condition=Q(how="code") | Q(device="", asked=False)
            ),
        ]
        triggers = [ATTENDED_BY_A_MEMBER]

    def __str__(self):
        return f"{self.member_id}: {self.meeting_id}"
