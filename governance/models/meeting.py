"""The meetings of the members, from planned to locked, and the rules they follow."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.fields import RateField, who
from governance.meeting_triggers import MEETING_STEPS
from governance.models.rules import VersionedRules


class MeetingQuerySet(models.QuerySet):
    def ahead(self):
        """Planned or invited to, and not begun."""
        return self.filter(state__in=Meeting.AHEAD)

    def standing(self):
        """All but those that were called off or had no quorum."""
        return self.exclude(state__in=Meeting.VOID)


class Meeting(models.Model):
    """A meeting of the members. The monthly one is on the 12th; the annual one is the RAT.

    It goes one way: planned, invited, open, closed, minutes approved by the next meeting, locked when both have signed.
    One that finds no quorum has failed, and a second one follows it.
    """

    class Kind(models.TextChoices):
        MONTHLY = "monthly", _("monthly meeting")
        ANNUAL = "annual", _("annual meeting (RAT)")
        EXTRAORDINARY = "extraordinary", _("extraordinary meeting")

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        INVITED = "invited", _("invited")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        APPROVED = "approved", _("minutes approved")
        LOCKED = "locked", _("locked")
        FAILED = "failed", _("no quorum")
        CANCELLED = "cancelled", _("called off")

    AHEAD = (State.PLANNED, State.INVITED)
    VOID = (State.FAILED, State.CANCELLED)
    HELD = (State.CLOSED, State.APPROVED, State.LOCKED)

    on = models.DateField(_("date"))
    starts_at = models.TimeField(_("begins at"), default=datetime.time(19, 30))
    kind = models.CharField(_("kind"), max_length=15, choices=Kind, default=Kind.MONTHLY)
    place = models.CharField(_("place"), max_length=120)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)
    reason = models.CharField(_("why it is called"), max_length=300, blank=True)
    second_of = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="second", verbose_name=_("second of")
    )
    code_secret = models.CharField(max_length=32, blank=True, help_text="makes the code of attendance, while open")
    chair_signed_by = who(null=True, blank=True, verbose_name=_("signed for the chair by"))
    chair_signed_on = models.DateField(null=True, blank=True)
    secretary_signed_by = who(null=True, blank=True, verbose_name=_("signed for the secretary by"))
    secretary_signed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        constraints = [
            models.UniqueConstraint(
                name="governance_meeting_one_a_day",
                fields=["on"],
                condition=~Q(state__in=["failed", "cancelled"]),
            ),
            models.UniqueConstraint(name="governance_meeting_one_is_open", fields=["state"], condition=Q(state="open")),
            models.CheckConstraint(
                name="governance_meeting_kind_known", condition=Q(kind__in=["monthly", "annual", "extraordinary"])
            ),
            models.CheckConstraint(
                name="governance_meeting_code_while_open", condition=Q(state="open") | Q(code_secret="")
            ),
            models.CheckConstraint(
                name="governance_meeting_signed_by_two",
                condition=(Q(chair_signed_by=None, chair_signed_on=None) | Q(chair_signed_on__isnull=False))
                & (Q(secretary_signed_by=None, secretary_signed_on=None) | Q(secretary_signed_on__isnull=False))
                & (
                    Q(chair_signed_by=None) | Q(secretary_signed_by=None) | ~Q(chair_signed_by=F("secretary_signed_by"))
                ),
                violation_error_message=_("Two people sign the minutes. You have signed already."),
            ),
        ]
        triggers = [MEETING_STEPS]

    def __str__(self):
        return f"{self.get_kind_display()} {date_format(self.on, 'j F Y')}"

    @property
    def is_ahead(self) -> bool:
        return self.state in self.AHEAD

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_held(self) -> bool:
        return self.state in self.HELD

    @property
    def organ(self) -> str:
        """The organ that decides here, by its name in `Decision.Organ`."""
        return "annual_meeting" if self.kind == self.Kind.ANNUAL else "members_meeting"

    @property
    def is_second(self) -> bool:
        return self.second_of_id is not None


class MeetingRules(VersionedRules):
    """How the members meet: on which day, with what notice, and what follows a tie. Without a version, as preset."""

    class Tie(models.TextChoices):
        REJECTED = "rejected", _("the proposal is rejected")
        REPEATED = "repeated", _("it is voted on once more")

    class Election(models.TextChoices):
        MOST = "most", _("whoever has the most votes")
        HALF = "half", _("more than half of the votes, else a run-off of the two first")

    day = models.PositiveSmallIntegerField(_("day of the month"), default=12)
    planned_days = models.PositiveSmallIntegerField(
        _("planned ahead"), default=30, help_text=_("Days before the meeting on which it appears by itself.")
    )
    notice_days = models.PositiveSmallIntegerField(_("days of notice, monthly meeting"), default=3)
    annual_notice_days = models.PositiveSmallIntegerField(_("days of notice, annual meeting"), default=14)
    extraordinary_notice_days = models.PositiveSmallIntegerField(_("days of notice, extraordinary meeting"), default=7)
    annual_month = models.PositiveSmallIntegerField(
        _("month of the annual meeting"), default=2, help_text=_("UU 25/1992 art. 26: within six months of the year.")
    )
    report_days = models.PositiveSmallIntegerField(
        _("annual report ready before the annual meeting"),
        default=30,
        help_text=_("In days. UU 25/1992 art. 35: at least a month."),
    )
    demand_bp = RateField(_("members who can demand a meeting"), default=2_000)
    second_after_days = models.PositiveSmallIntegerField(
        _("second meeting after at least"), default=7, help_text=_("In days; 0 allows the same evening.")
    )
    office_years = models.PositiveSmallIntegerField(_("term of an office in years"), default=3)
    tie = models.CharField(_("after a tie"), max_length=10, choices=Tie, default=Tie.REJECTED)
    election = models.CharField(_("elected is"), max_length=10, choices=Election, default=Election.MOST)

    class Meta(VersionedRules.Meta):
        verbose_name = _("rules of the meetings")
        constraints = [
            models.CheckConstraint(
                name="governance_meetingrules_days_of_the_calendar",
                condition=Q(day__range=(1, 28), annual_month__range=(1, 6), planned_days__range=(7, 90)),
                violation_error_message=_(
                    "Choose a day from 1 to 28, planned 7 to 90 days ahead, and a month from January to June "
                    "(UU 25/1992 art. 26)."
                ),
            ),
            models.CheckConstraint(
                name="governance_meetingrules_report_in_time",
                condition=Q(report_days__gte=30),
                violation_error_message=_("UU 25/1992 art. 35: the annual report is ready a month before at least."),
            ),
            models.CheckConstraint(
                name="governance_meetingrules_demand_a_part", condition=Q(demand_bp__range=(1, 10_000))
            ),
            models.CheckConstraint(
                name="governance_meetingrules_choices_known",
                condition=Q(tie__in=["rejected", "repeated"], election__in=["most", "half"]),
            ),
            models.CheckConstraint(name="governance_meetingrules_some_years", condition=Q(office_years__range=(1, 50))),
        ]

    @classmethod
    def built_in(cls):
        return cls()

    def beyond_the_law(self, law):
        if self.office_years <= law.office_years:
            return None
        return "office_years", str(_("The law allows {years} years at most ({article}).")).format(
            years=law.office_years, article=law.office_article
        )

    def notice(self, kind: str) -> int:
        """Days between the invitation and the meeting."""
        return {
            Meeting.Kind.MONTHLY: self.notice_days,
            Meeting.Kind.ANNUAL: self.annual_notice_days,
            Meeting.Kind.EXTRAORDINARY: self.extraordinary_notice_days,
        }[kind]
