"""Who holds office, what was decided, and the shape of every rule that members decide."""

import datetime

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.models import APPEND_ONLY, StoredFile
from core.permissions import Role
from governance.triggers import OFFICE_FROM_OTHERS, TERM_WITHIN_THE_LAW
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
        null=True,
        blank=True,
        verbose_name=_("elected in"),
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
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
        triggers = [TERM_WITHIN_THE_LAW, OFFICE_FROM_OTHERS]

    def __str__(self):
        return f"{self.get_role_display()}: {self.member.name}"


class Decision(models.Model):
    """What an organ decided, numbered as in its minutes. Rules, price lists and SHU name the decision behind them.

    Written once, as minutes are: a mistake is put right by another decision.
    """

    class Organ(models.TextChoices):
        MEMBERS_MEETING = "members_meeting", _("members' meeting")
        ANNUAL_MEETING = "annual_meeting", _("annual meeting (RAT)")
        BOARD = "board", _("board meeting")
        LAW = "law", _("law or regulation")

    number = models.CharField(
        _("number"), max_length=40, unique=True, help_text=_("As in the minutes, such as 03/RA/XI/2026.")
    )
    organ = models.CharField(_("organ"), max_length=20, choices=Organ)
    decided_on = models.DateField(_("decided on"))
    title = models.CharField(_("title"), max_length=160, help_text=_("In one line: what was decided."))
    text = models.TextField(_("text"), help_text=_("The words of the decision, as they stand in the minutes."))
    paper = models.OneToOneField(
        StoredFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the signed paper"),
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("decision")
        constraints = [
            models.CheckConstraint(
                name="governance_decision_organ_known",
                condition=Q(organ__in=["members_meeting", "annual_meeting", "board", "law"]),
            ),
        ]
        triggers = APPEND_ONLY

    def __str__(self):
        return f"{self.number}: {self.title}"


class VersionedRulesQuerySet(models.QuerySet):
    def in_force(self, on):
        """The version that governs `on`: the latest that started on or before it. DoesNotExist before the first."""
        return self.filter(in_force_from__lte=on).latest("in_force_from")

    def current(self, on: datetime.date):
        """The version that governs `on`, what holds without one (`built_in`), or None.

        Rules with a scope are asked through it: `product.rules.current(on)`, `.filter(months=6).current(on)`.
        """
        rows = self.filter(in_force_from__lte=on).select_related("decided_in").order_by("-in_force_from")
        return rows.first() or self.model.built_in()


class VersionedRules(models.Model):
    """A set of rules with the day it starts and the decision that made it. Never edited, never deleted: the

    database refuses both, in force or not yet. A mistake is put right by the next version. Subclasses keep the
    triggers by `class Meta(VersionedRules.Meta)`; `tests/governance/test_rules.py` looks at every one of them.
    """

    in_force_from = models.DateField(_("in force from"), unique=True)
    decided_in = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided in"))

    objects = VersionedRulesQuerySet.as_manager()

    class Meta:
        abstract = True
        triggers = APPEND_ONLY

    def __str__(self):
        return f"{self._meta.verbose_name} {date_format(self.in_force_from, 'j F Y')}"

    def beyond_the_law(self, law) -> tuple[str, str] | None:
        """The field that exceeds a ceiling of `law` (LegalCeilings) and the sentence with the article, if any does."""
        return None

    @classmethod
    def built_in(cls) -> "VersionedRules | None":
        """What holds before anybody has put a version in force; nothing, for most rules."""
        return None

    @classmethod
    def parts(cls) -> list:
        """The relations to rows that belong to a version, such as the tiers of a loan: each a RulesPart."""
        return [found for found in cls._meta.related_objects if issubclass(found.related_model, RulesPart)]

    @classmethod
    def scope(cls) -> tuple[str, ...]:
        """What a version is for, beside its day: a product's rules start per product, most for the whole house.

        Read from the unique constraint that takes the place of the unique day.
        """
        if cls._meta.get_field("in_force_from").unique:
            return ()
        for constraint in cls._meta.constraints:
            fields = getattr(constraint, "fields", ())
            if "in_force_from" in fields:
                return tuple(name for name in fields if name != "in_force_from")
        return ()


class RulesPart(models.Model):
    """A row of a version of some rules, beside others of its kind. It has a foreign key `rules`, and says itself in a

    sentence (`__str__`), which is how the rules pages show it. Written with its version, and never edited either.
    """

    class Meta:
        abstract = True
        triggers = APPEND_ONLY
