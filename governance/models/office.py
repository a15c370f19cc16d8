"""A member's term in an office, and how far the login has followed it."""

import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from core.fields import who
from core.permissions import Role
from governance.triggers import OFFICE_FROM_OTHERS, TERM_CUT_SHORT, TERM_WITHIN_THE_LAW, by_decision
from members.models import Member


class Term(Func):
    """The days of a term, from its first to before its last: a successor may start on the day it ends."""

    function = "DATERANGE"
    template = "%(function)s(%(expressions)s, '[)')"
    output_field = models.DateField()


class OfficeQuerySet(models.QuerySet):
    def held(self, *, as_of: datetime.date):
        """The terms that run on `as_of`."""
        return self.filter(started_on__lte=as_of, ends_on__gt=as_of)


class Office(models.Model):
    """A member's term in an office (UU 25/1992 art. 29: elected by the general meeting, for the years that the
    legal ceilings allow).

    `ends_on` is the day the office is handed over. One chair, secretary and treasurer at a time; supervisors may be
    several; nobody holds two offices.
    """

    ROLES = [Role.CHAIR, Role.SECRETARY, Role.TREASURER, Role.SUPERVISOR]

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="offices", verbose_name=_("member"))
    role = models.CharField(_("office"), max_length=20, choices=[(role.value, role.label) for role in ROLES])
    started_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    decided_in = models.ForeignKey(
        "governance.Decision",
        on_delete=models.PROTECT,
        related_name="offices",
        verbose_name=_("elected in"),
    )
    recorded_by = who(null=True, blank=True, verbose_name=_("recorded by"))
    confirmed_by = who(null=True, blank=True, verbose_name=_("confirmed by"))
    ended_in = models.ForeignKey(
        "governance.Decision",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="offices_ended",
        verbose_name=_("removed in"),
    )
    ended_by = who(null=True, blank=True, verbose_name=_("ended early by"))
    role_given_on = models.DateField(null=True, blank=True, help_text="the login works with the role since")
    role_returned_on = models.DateField(null=True, blank=True, help_text="and not any more since")

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("office")
        constraints = [
            models.CheckConstraint(
                name="governance_office_ends_after_start",
                condition=Q(ends_on__gt=F("started_on")),
                violation_error_message=_("A term ends after it starts."),
            ),
            models.CheckConstraint(
                name="governance_office_role_known",
                condition=Q(role__in=["chair", "secretary", "treasurer", "supervisor"]),
            ),
            models.CheckConstraint(
                name="governance_office_confirmed_by_another",
                condition=Q(confirmed_by=None) | (Q(recorded_by__isnull=False) & ~Q(confirmed_by=F("recorded_by"))),
                violation_error_message=_("You recorded this election yourself. Another officer confirms it."),
            ),
            models.CheckConstraint(
                name="governance_office_role_after_confirmation",
                condition=Q(role_given_on=None, role_returned_on=None)
                | Q(role_given_on__isnull=False, confirmed_by__isnull=False, role_given_on__gte=F("started_on")),
            ),
            ExclusionConstraint(
                name="governance_office_one_holder",
                expressions=[
                    ("role", RangeOperators.EQUAL),
                    (Term("started_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                condition=~Q(role="supervisor"),
                violation_error_message=_("Somebody else holds this office in that time. End that term first."),
            ),
            ExclusionConstraint(
                name="governance_office_one_per_member",
                expressions=[
                    ("member", RangeOperators.EQUAL),
                    (Term("started_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This member holds an office in that time already."),
            ),
        ]
        triggers = [
            TERM_WITHIN_THE_LAW,
            OFFICE_FROM_OTHERS,
            TERM_CUT_SHORT,
            by_decision(
                "decided_in",
                kind="election",
                subject="members.member",
                key="NEW.member_id",
                on="NEW.started_on",
                table="governance_office",
                detail="decision.detail = NEW.role",
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()}: {self.member.name}"
