"""Visits to those who are ill, bereaved or in need: members, and neighbours who are none."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from activities.models.common import KEPT, WAYS, PaidOut, Source, source_field
from activities.models.help_request import HelpRequest
from core.fields import RupiahField
from core.models import APPEND_ONLY
from core.reversal import reversed_by_others
from members.models import Member


class Visit(PaidOut):
    """Members went to see somebody who was ill or bereaved, what they brought, and what they found.

    Who was visited is a member or a neighbour, never both. Why is read by the officers only.
    """

    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="visits", verbose_name=_("visited member")
    )
    neighbour = models.CharField(_("visited neighbour"), max_length=120, blank=True)
    help_request = models.ForeignKey(
        HelpRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="visits", verbose_name=_("request")
    )
    on = models.DateField(_("visited on"))
    reason = models.CharField(_("reason"), max_length=120)
    visitors = models.CharField(_("visited by"), max_length=200)
    report = models.TextField(_("what they found"), blank=True)
    amount = RupiahField(_("given"), default=0)
    source = source_field(Source.RUNNING, Source.SOCIAL, blank=True)

    class Meta(PaidOut.Meta):
        verbose_name = _("visit")
        constraints = [
            reversed_by_others(),
            models.CheckConstraint(
                name="activities_visit_to_one",
                condition=(Q(member__isnull=False) & Q(neighbour="")) | (Q(member=None) & ~Q(neighbour="")),
            ),
            models.CheckConstraint(
                name="activities_visit_booked_where_something_was_given",
                condition=Q(amount=0, entry=None, fund_entry=None, receipt=None, channel="", source="")
                | Q(
                    amount__gt=0,
                    entry__isnull=False,
                    receipt__isnull=False,
                    channel__in=WAYS,
                    source__in=["running", "social"],
                ),
            ),
            models.UniqueConstraint(
                fields=["help_request"], condition=Q(reversed_on=None), name="activities_visit_once_a_request"
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="keeps_its_facts",
                fields=[
                    "member", "neighbour", "help_request", "on", "reason", "visitors", "report", "amount", "source",
                    *KEPT,
                ],
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            APPEND_ONLY[1],
        ]  # fmt: skip

    def __str__(self):
        return f"{self.who}: {date_format(self.on, 'j F Y')}"

    @property
    def who(self) -> str:
        return self.member.name if self.member else self.neighbour
