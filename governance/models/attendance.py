"""Who came to a meeting."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.models.meeting import Meeting
from members.models import Member


class Attendance(models.Model):
    """A member who came to a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="attendances")

    class Meta:
        verbose_name = _("attendance")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="governance_attendance_once"),
        ]

    def __str__(self):
        return f"{self.member_id}: {self.meeting_id}"
