"""The meetings of the members."""

from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _


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
                name="governance_meeting_kind_known", condition=Q(kind__in=["monthly", "annual", "extraordinary"])
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {date_format(self.on, 'j F Y')}"
