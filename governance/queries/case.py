"""Cases as at a day: which are open, what they bar, their state and who may take the next step."""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db.models import CharField, OuterRef, Q, Subquery, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Concat
from django.db.models.lookups import In
from django.utils.translation import gettext as _

from core.models import User
from core.permissions import Permission, Role
from governance.models import Case, CaseStep
from members.models import Member

Kind = CaseStep.Kind
Sanction = CaseStep.Sanction


def open_cases(member: Member, *, as_of: datetime.date):
    """The cases about `member` that are open on the day."""
    return Case.objects.filter(member=member).open(as_of=as_of)


def sanction(member: Member, *, as_of: datetime.date, bars: str = Sanction.NO_NEW_LOAN) -> Case | None:
    """The case whose sanction bars `member` on the day from what `bars` names, a new loan where nothing is said."""
    step = sanctions(as_of=as_of).filter(case__member=member, sanction=bars).select_related("case").first()
    return step.case if step else None


def sanctions(*, as_of: datetime.date):
    """Every sanction in force on the day: started, not run out, its case not ended."""
    return CaseStep.objects.filter(
        Q(until=None) | Q(until__gt=as_of), kind=Kind.SANCTION, on__lte=as_of, case__in=Case.objects.open(as_of=as_of)
    )


# -- how cases stand -------------------------------------------------------------------------------------------------


def with_standing(cases, *, as_of: datetime.date):
    """`cases` with the kind of their last step (`step`, empty when nothing has happened) and the day it names."""
    last = CaseStep.objects.filter(case=OuterRef("pk"), on__lte=as_of).order_by("-on", "-pk")
    return cases.annotate(
        step=Subquery(last.values("kind")[:1]),
        stepped_on=Subquery(last.values("on")[:1]),
        due=Subquery(last.values("due_on")[:1]),
    )


def state(step: str | None) -> tuple[str, str]:
    """Tone and words for the last step of a case."""
    if step is None:
        return "amber", _("to be discussed")
    return {
        Kind.TALK: ("indigo", _("discussed")),
        Kind.ANSWER: ("indigo", _("answered")),
        Kind.AGREEMENT: ("indigo", _("agreed")),
        Kind.AGENDA: ("amber", _("on the agenda")),
        Kind.DECISION: ("indigo", _("decided")),
        Kind.SANCTION: ("amber", _("sanction in force")),
        Kind.SETTLED: ("amber", _("can be restored")),
        Kind.RESTORED: ("leaf", _("restored")),
        Kind.CLOSED: ("plain", _("closed")),
    }[Kind(step)]


@dataclass(frozen=True)
class Next:
    """What comes next in a case and who does it."""

    text: str
    who: str


def next_step(case: Case, steps: list[CaseStep], *, as_of: datetime.date, reader: User) -> Next | None:
    """The next step of an open case, in words; None once it has ended.

    The member concerned is not shown who decides: naming the secretary would reveal that the chair reported.
    """
    officers, decider = _("chair, secretary or treasurer"), chair_of(case) or _("the secretary, in place of the chair")
    if case.member.user_id == reader.pk:
        officers = decider = _("an officer who is not involved")
    kinds = [step.kind for step in steps]
    if set(kinds) & set(CaseStep.ENDINGS):
        return None
    if Kind.SETTLED in kinds:
        return Next(_("The debt is settled: restore the member."), decider)
    if not kinds or kinds == [Kind.ANSWER]:
        return Next(_("Talk with the member and record what was said."), officers)
    last = next(step for step in reversed(steps) if step.kind != Kind.ANSWER or len(steps) == 1)
    if last.kind == Kind.AGREEMENT:
        if last.due_on >= as_of:
            return Next(_("The agreement is running. Nothing to do until its date."), officers)
        return Next(_("The date of the agreement has passed: restore the member, or talk again."), decider)
    if last.kind == Kind.AGENDA:
        return Next(_("After the meeting: record what was decided."), decider)
    if last.kind in (Kind.DECISION, Kind.SANCTION):
        return Next(_("Once it is resolved: restore the member."), decider)
    return Next(_("Agree on what will be done by when, or put it to the meeting."), officers)


# -- who may read ----------------------------------------------------------------------------------------------------


def withheld_from(reader: User) -> Q:
    """The lines of the trail about cases that concern the reader: who opened them and who did what behind the page.

    Their own page tells them what was said, agreed and decided; a line elsewhere that names such a case counts too.
    """
    own = Case.objects.filter(member__user=reader)
    keys = own.annotate(key=Concat(Value(f"{Case._meta.label_lower}:"), Cast("pk", CharField()))).values("key")
    named = Q(facts__has_key="case") & Q(In(KeyTextTransform("case", "facts"), own.values("number")))
    return Q(subject__in=keys) | named


# -- who may act -----------------------------------------------------------------------------------------------------


def has_reported(case: Case, user: User) -> bool:
    return user.pk in (case.opened_by_id, case.reporter.user_id if case.reporter_id else None)


def chair_of(case: Case) -> str | None:
    """The chair's name where the chair may decide; None where the case concerns the chair or was reported by them."""
    for chair in User.objects.filter(role=Role.CHAIR, is_active=True).order_by("pk"):
        if case.member.user_id != chair.pk and not has_reported(case, chair):
            return chair.name
    return None


def in_charge(case: Case, user: User) -> bool:
    """Whether `user` is the officer who leads the case: only they read who reported it."""
    concerned = case.member.user_id == user.pk
    decides = user.can(Permission.CASE_DECIDE) and not concerned and not has_reported(case, user)
    return decides and (user.role == Role.CHAIR or chair_of(case) is None)


def may(case: Case, user: User) -> dict[str, bool]:
    """Which steps `user` may take in an open case: for the buttons of its page. The services ask again."""
    concerned = case.member.user_id == user.pk
    return {
        "answer": concerned,
        "talk": user.can(Permission.CASE_TALK) and not concerned,
        "decide": in_charge(case, user),
    }


def waiting(*, as_of: datetime.date) -> int:
    """How many open cases wait for a step of the board: nothing done yet, an agreement past its day, one to restore."""
    rows = with_standing(Case.objects.open(as_of=as_of), as_of=as_of)
    agreed = Q(step=Kind.AGREEMENT, due__lt=as_of)
    return rows.filter(Q(step=None) | Q(step__in=[Kind.ANSWER, Kind.SETTLED, Kind.AGENDA]) | agreed).count()


@dataclass(frozen=True)
class YearOfCases:
    """The cases of one year in numbers, without names."""

    year: int
    opened: int
    restored: int
    closed: int
    sanctions: int


def statistics(*, as_of: datetime.date) -> list[YearOfCases]:
    """Every year that had cases, newest first; two queries."""
    opened = Counter(Case.objects.filter(opened_on__lte=as_of).values_list("opened_on__year", flat=True))
    steps = CaseStep.objects.filter(on__lte=as_of, kind__in=[*CaseStep.ENDINGS, Kind.SANCTION])
    taken = Counter(steps.values_list("on__year", "kind"))
    years = sorted({*opened, *(year for year, _kind in taken)}, reverse=True)
    return [
        YearOfCases(
            year,
            opened[year],
            taken[year, Kind.RESTORED],
            taken[year, Kind.CLOSED],
            taken[year, Kind.SANCTION],
        )
        for year in years
    ]
