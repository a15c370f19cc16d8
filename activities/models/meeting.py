"""Meetings and who came."""

from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from members.models import Member


class Meeting(models.Model):
    """A meeting of the members with its minutes. The monthly one is on the 12th; the annual one is the RAT."""

    class Kind(models.TextChoices):
        MONTHLY = "monthly", _("monthly meeting")
        ANNUAL = "annual", _("annual meeting (RAT)")
        EXTRAORDINARY = "extraordinary", _("extraordinary meeting")

    on = models.DateField(_("date"), unique=True)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind, default=Kind.MONTHLY)
    place = models.CharField(_("place"), max_length=120)
    minutes = models.TextField(_("minutes"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("meeting")
        constraints = [
            models.CheckConstraint(
                name="activities_meeting_kind_known", condition=Q(kind__in=["monthly", "annual", "extraordinary"])
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {date_format(self.on, 'j F Y')}"


class Attendance(models.Model):
    """A member who came to a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="attendances")

    class Meta:
        verbose_name = _("attendance")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="activities_attendance_once"),
        ]

    def __str__(self):
        return f"{self.member_id}: {self.meeting_id}"
