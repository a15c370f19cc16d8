"""Cases: what happened against the rules, what was said and agreed about it, and how it ended."""

import datetime

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from core.fields import who
from core.models import APPEND_ONLY, StoredFile
from core.permissions import Permission
from governance.triggers import STEP_BY_THE_RIGHT_PERSON, by_decision
from members.models import Member


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Officers and supervisors see every case, a member the own ones, and nobody else's: not even one reported."""
        return self if user.can(Permission.CASE_LIST) else self.filter(member__user=user)

    def open(self, *, as_of: datetime.date):
        """Opened by `as_of` and not closed then."""
        return self.filter(~Exists(_ending(as_of)), opened_on__lte=as_of)

    def ended(self, *, as_of: datetime.date):
        return self.filter(Exists(_ending(as_of)))


def _ending(as_of):
    return CaseStep.objects.filter(case=OuterRef("pk"), kind__in=CaseStep.ENDINGS, on__lte=as_of)


class Case(models.Model):
    """A matter to discuss with one member, from the day it was opened to the day it was resolved.

    The row stays as it was written; what follows are its steps. `opened_by` is nobody where the books started it.
    `reporter` is the member who told the board; only the officer in charge reads who that was.
    """

    class Kind(models.TextChoices):
        LOAN = "loan", _("loan")
        MATERIAL = "material", _("material")
        HANDOVER = "handover", _("handover of work")
        PRICE = "price", _("agreed prices")
        CONDUCT = "conduct", _("conduct")

    number = models.CharField(_("number"), max_length=20, unique=True)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="cases", verbose_name=_("member"))
    kind = models.CharField(_("about"), max_length=10, choices=Kind)
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("what happened"))
    happened_on = models.DateField(_("happened on"), null=True, blank=True)
    place = models.CharField(_("where"), max_length=120, blank=True)
    evidence = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("evidence")
    )
    url = models.CharField(max_length=200, blank=True, help_text="the page it is about")
    rule = models.CharField(_("rule"), max_length=200, blank=True)
    opened_on = models.DateField(_("opened on"))
    opened_by = who(null=True, blank=True, verbose_name=_("opened by"))
    reporter = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reported by")
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        indexes = [
            models.Index(fields=["member", "-opened_on"], name="governance_case_of_member"),
            models.Index(fields=["-opened_on"], name="governance_case_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                name="governance_case_kind_known",
                condition=Q(kind__in=["loan", "material", "handover", "price", "conduct"]),
            ),
            models.CheckConstraint(name="governance_case_says_what", condition=~Q(title="") & ~Q(text="")),
            models.CheckConstraint(
                name="governance_case_happened_before",
                condition=Q(happened_on=None) | Q(happened_on__lte=F("opened_on")),
                violation_error_message=_("It happened before it was reported. Look at the day again."),
            ),
            models.CheckConstraint(
                name="governance_case_reporter_is_somebody_else",
                condition=Q(reporter=None) | ~Q(reporter=F("member")),
                violation_error_message=_("You cannot report yourself. Talk to the board instead."),
            ),
        ]
        triggers = APPEND_ONLY

    def __str__(self):
        # The number alone: the trail and the lists of other rooms must not name anybody.
        return self.number


class CaseStep(models.Model):
    """One step in a case: who did what on which day, and by which rule. Written once."""

    class Kind(models.TextChoices):
        TALK = "talk", _("talk")
        AGREEMENT = "agreement", _("agreement")
        ANSWER = "answer", _("answer of the member")
        AGENDA = "agenda", _("put on the agenda")
        DECISION = "decision", _("decision")
        SANCTION = "sanction", _("sanction")
        SETTLED = "settled", _("debt settled")
        RESTORED = "restored", _("restored")
        CLOSED = "closed", _("closed without consequence")

    class Sanction(models.TextChoices):
        NO_NEW_LOAN = "no_new_loan", _("no new loan")
        NO_SURPLUS = "no_surplus", _("no claim of surplus work")
        NO_MATERIAL = "no_material", _("no borrowing of material")
        NO_GUARANTEE = "no_guarantee", _("no guarantees for others")

    ENDINGS = (Kind.RESTORED, Kind.CLOSED)

    RULES = {
        Kind.TALK: _("A conversation comes first: nothing is decided before the member is heard."),
        Kind.AGREEMENT: _("An agreement that both sides can keep comes before a decision."),
        Kind.ANSWER: _("The member is heard in their own case."),
        Kind.AGENDA: _("What cannot be agreed goes to the members' meeting."),
        Kind.SETTLED: _("The system sees what has been paid or returned."),
        Kind.RESTORED: _("A member who has kept the agreement has full rights again."),
        Kind.CLOSED: _("A case that proves unfounded is closed without consequence."),
    }

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps", verbose_name=_("case"))
    kind = models.CharField(_("step"), max_length=10, choices=Kind)
    on = models.DateField(_("on"))
    by = who(null=True, blank=True, verbose_name=_("by"))
    text = models.TextField(_("in words"))
    due_on = models.DateField(_("by the day"), null=True, blank=True, help_text="of an agreement, or the meeting")
    decision = models.ForeignKey(
        "governance.Decision",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="case_steps",
        verbose_name=_("decision"),
    )
    sanction = models.CharField(_("sanction"), max_length=15, choices=Sanction, blank=True)
    until = models.DateField(_("until"), null=True, blank=True, help_text="empty: until restored")

    class Meta:
        verbose_name = _("step of a case")
        constraints = [
            models.CheckConstraint(
                name="governance_casestep_kind_known",
                condition=Q(
                    kind__in=[
                        "talk",
                        "agreement",
                        "answer",
                        "agenda",
                        "decision",
                        "sanction",
                        "settled",
                        "restored",
                        "closed",
                    ]
                ),
            ),
            models.CheckConstraint(name="governance_casestep_says_what", condition=~Q(text="")),
            models.CheckConstraint(
                name="governance_casestep_by_whom",
                condition=Q(kind="settled", by=None) | (~Q(kind="settled") & Q(by__isnull=False)),
            ),
            models.CheckConstraint(
                name="governance_casestep_has_a_day",
                condition=Q(kind__in=["agreement", "agenda"], due_on__isnull=False, due_on__gte=F("on"))
                | (~Q(kind__in=["agreement", "agenda"]) & Q(due_on=None)),
                violation_error_message=_("Choose the day itself or a later one."),
            ),
            models.CheckConstraint(
                name="governance_casestep_names_the_decision",
                condition=Q(kind__in=["decision", "sanction"], decision__isnull=False)
                | (~Q(kind__in=["decision", "sanction"]) & Q(decision=None)),
            ),
            models.CheckConstraint(
                name="governance_casestep_which_sanction",
                condition=Q(kind="sanction", sanction__in=["no_new_loan", "no_surplus", "no_material", "no_guarantee"])
                | (~Q(kind="sanction") & Q(sanction="", until=None)),
            ),
            models.CheckConstraint(
                name="governance_casestep_until_later",
                condition=Q(until=None) | Q(until__gt=F("on")),
                violation_error_message=_("A sanction ends after the day it starts."),
            ),
            models.UniqueConstraint(
                name="governance_casestep_ends_once", fields=["case"], condition=Q(kind__in=["restored", "closed"])
            ),
        ]
        triggers = [
            STEP_BY_THE_RIGHT_PERSON,
            *APPEND_ONLY,
            by_decision(
                "decision",
                kind="sanction",
                subject="governance.case",
                key="NEW.case_id",
                on='NEW."on"',
                table="governance_casestep",
                detail="(NEW.kind <> 'sanction' OR decision.detail IN ('', NEW.sanction))",
            ),
        ]

    def __str__(self):
        return f"{self.case_id}: {self.get_kind_display()}"

    @property
    def rule(self) -> str:
        """By which rule this was done: the decision that is named, else what the house does in every case."""
        return str(self.decision) if self.decision_id else str(self.RULES[self.kind])
