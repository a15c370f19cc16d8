"""Visits to the sick and to those in need."""

from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField
from core.models import APPEND_ONLY
from ledger.models import Entry, Receipt
from members.models import Member


class Visit(models.Model):
    """Members went to see one of theirs who was ill or bereaved, and what they brought from the common cash."""

    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="visits", verbose_name=_("visited member")
    )
    on = models.DateField(_("visited on"))
    reason = models.CharField(_("reason"), max_length=120)
    visitors = models.CharField(_("visited by"), max_length=200)
    amount = RupiahField(_("given from the common cash"), default=0)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("visit")
        constraints = [
            models.CheckConstraint(
                name="activities_visit_booked_where_something_was_given",
                condition=Q(amount=0, entry=None, receipt=None)
                | Q(amount__gt=0, entry__isnull=False, receipt__isnull=False),
            ),
        ]
        triggers = APPEND_ONLY

    def __str__(self):
        return f"{self.member.name}: {date_format(self.on, 'j F Y')}"
