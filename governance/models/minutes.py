"""The minutes of a meeting, version by version."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import who
from core.models import APPEND_ONLY
from governance.meeting_triggers import MINUTES_BEFORE_APPROVAL
from governance.models.meeting import Meeting


class Minutes(models.Model):
    """What the minutes of a meeting said at one time. The last version holds, and none is ever changed."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes", verbose_name=_("meeting"))
    number = models.PositiveIntegerField(_("version"))
    text = models.TextField(_("minutes"))
    on = models.DateField(_("written on"))
    by = who(verbose_name=_("written by"))

    class Meta:
        verbose_name = _("minutes")
        ordering = ["meeting", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="governance_minutes_version_once"),
            models.CheckConstraint(name="governance_minutes_say_something", condition=~models.Q(text="")),
        ]
        triggers = [MINUTES_BEFORE_APPROVAL, *APPEND_ONLY]

    def __str__(self):
        return f"{self.meeting} ({self.number})"
