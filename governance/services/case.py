"""Cases: opened by the system or on a report, discussed, agreed on, decided in the meeting, resolved.

Every step names who did it on which day. The reporter and the member concerned decide nothing (decision 8); the
database refuses both.
"""

import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit
from core.dates import long_date
from core.models import User
from core.notices import tell
from core.permissions import Role
from core.services import store
from core.uploads import Upload
from governance.errors import CaseRefused
from governance.models import Case, CaseStep, Decision, DecisionKind
from governance.numbering import next_numbers
from governance.queries import case as queries
from governance.services.decision import require
from members.models import Member

Kind = CaseStep.Kind


@transaction.atomic
def open_case(
    member: Member,
    *,
    kind: str,
    title: str,
    text: str,
    on: datetime.date,
    by: User | None,
    url: str = "",
    rule: str = "",
    reporter: Member | None = None,
    happened_on: datetime.date | None = None,
    place: str = "",
    evidence: Upload | None = None,
) -> Case:
    """Open a case about what `member` did or left undone. `by` is None where the books start it.

    `reporter` is the member who reported it; without one, the person who records it is the reporter.
    """
    if by is not None and reporter is None:
        reporter = Member.objects.filter(user=by).first()
    if happened_on and happened_on > on:
        raise CaseRefused(_("It happened before it was reported. Look at the day again."), field="happened_on")
    if reporter is not None and reporter.pk == member.pk:
        raise CaseRefused(_("You cannot report yourself. Talk to the board instead."), field="member")
    [number] = next_numbers(Case, "KS", on=on)
    case = Case.objects.create(
        number=number,
        member=member,
        kind=kind,
        title=title[:160],
        text=text,
        url=url,
        rule=rule[:200],
        happened_on=happened_on,
        place=place.strip(),
        evidence=store(evidence, by=by) if evidence else None,
        opened_on=on,
        opened_by=by,
        reporter=reporter,
    )
    if by is None:
        audit.record("case.opened", case, by=None, on=on)
    else:  # who reported it stands on the page of the officer in charge only
        audit.record("case.reported", case, by=None, on=on)
    _tell_member(case, _("We would like to talk with you about something, case {number}. Read it and answer."))
    _tell_board(case, _("Case {number} is opened. Talk with the member first."), but=by)
    return case


# -- talking ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def record_talk(case: Case, *, text: str, on: datetime.date, by: User) -> CaseStep:
    """What was said when an officer and the member sat together."""
    case = _locked(case, on=on)
    _not_in_own_case(case, by)
    step = _write(case, Kind.TALK, text=text, on=on, by=by)
    _tell_member(case, _("Our conversation in case {number} is recorded. Check whether it is right."))
    return step


@transaction.atomic
def agree(case: Case, *, text: str, due_on: datetime.date, on: datetime.date, by: User) -> CaseStep:
    """What the member will do until when, as both sides said it."""
    case = _locked(case, on=on)
    _not_in_own_case(case, by)
    _after_hearing(case)
    step = _write(case, Kind.AGREEMENT, text=text, due_on=due_on, on=on, by=by)
    _tell_member(case, _("Our agreement in case {number}, to be kept by {day}, is recorded."), day=long_date(due_on))
    return step


@transaction.atomic
def answer(case: Case, *, text: str, on: datetime.date, by: User) -> CaseStep:
    """What the member concerned says about it."""
    case = _locked(case, on=on)
    if case.member.user_id != by.pk:
        raise CaseRefused(_("Only the member concerned can answer here."))
    step = _write(case, Kind.ANSWER, text=text, on=on, by=by)
    _tell_board(case, _("Case {number} has an answer."))
    return step


# -- deciding --------------------------------------------------------------------------------------------------------


@transaction.atomic
def put_on_agenda(case: Case, *, text: str, due_on: datetime.date, on: datetime.date, by: User) -> CaseStep:
    """Put the case on the agenda of the meeting of `due_on`; `text` is what the meeting is asked."""
    case = _locked(case, on=on)
    _not_in_own_case(case, by)
    _after_hearing(case)
    step = _write(case, Kind.AGENDA, text=text, due_on=due_on, on=on, by=by)
    _tell_member(
        case,
        _("Case {number} will be discussed in the meeting on {day}. You can speak there."),
        day=long_date(due_on),
    )
    return step


@transaction.atomic
def decide(case: Case, *, decision: Decision, text: str, on: datetime.date, by: User) -> CaseStep:
    """Record what was decided about the case. `decision` is the one in the minutes."""
    case = _locked_to_decide(case, decision=decision, on=on, by=by)
    step = _write(case, Kind.DECISION, text=text, decision=decision, on=on, by=by)
    _tell_member(case, _("There is a decision in case {number}. Read it, and ask if something is unclear."))
    return step


@transaction.atomic
def impose_sanction(
    case: Case,
    *,
    decision: Decision,
    sanction: str,
    text: str,
    on: datetime.date,
    by: User,
    until: datetime.date | None = None,
) -> CaseStep:
    """Put a sanction in force by a decision, until a day or until the member is restored."""
    case = _locked_to_decide(case, decision=decision, on=on, by=by, sanction=sanction)
    if until and until <= on:
        raise CaseRefused(_("A sanction ends after the day it starts."), field="until")
    _second_officer(case, decision, by)
    step = _write(case, Kind.SANCTION, text=text, decision=decision, sanction=sanction, until=until, on=on, by=by)
    _tell_member(case, _("Case {number}: {what}. Read until when, and how it ends."), what=step.get_sanction_display())
    return step


def decided(case: Case, *, decision: Decision, start: datetime.date, on: datetime.date, by: User) -> CaseStep:
    """The meeting decided in the case: the sanction that the item named, or what its text says."""
    if decision.detail:
        return impose_sanction(case, decision=decision, sanction=decision.detail, text=decision.text, on=start, by=by)
    return decide(case, decision=decision, text=decision.text, on=start, by=by)


# -- putting right ---------------------------------------------------------------------------------------------------


@transaction.atomic
def record_settled(case: Case, *, text: str, on: datetime.date) -> CaseStep | None:
    """The debt behind the case is settled. Recorded once; the decider can then restore the member."""
    case = Case.objects.select_for_update(no_key=True, of=["self"]).select_related("member__user").get(pk=case.pk)
    if case.steps.filter(kind__in=[Kind.SETTLED, *CaseStep.ENDINGS]).exists():
        return None
    step = _write(case, Kind.SETTLED, text=text, on=max(on, case.opened_on), by=None)
    _tell_board(case, _("The debt in case {number} is settled. The member can be restored."))
    return step


@transaction.atomic
def restore(case: Case, *, text: str, on: datetime.date, by: User) -> CaseStep:
    """The matter is resolved: the case and all its sanctions end, and the member has full rights again."""
    case = _locked(case, on=on)
    _decider(case, by)
    step = _write(case, Kind.RESTORED, text=text, on=on, by=by)
    _tell_member(case, _("Case {number} is resolved. Thank you for keeping your word."))
    return step


@transaction.atomic
def close(case: Case, *, text: str, on: datetime.date, by: User) -> CaseStep:
    """The case proved unfounded or irrelevant: closed without consequence."""
    case = _locked(case, on=on)
    _decider(case, by)
    step = _write(case, Kind.CLOSED, text=text, on=on, by=by)
    _tell_member(case, _("Case {number} is closed. It has no consequence for you."))
    return step


# -- what all share --------------------------------------------------------------------------------------------------


def _write(case: Case, kind: str, *, on, by, **facts) -> CaseStep:
    step = CaseStep.objects.create(case=case, kind=kind, on=on, by=by, **facts)
    named = {name: value for name, value in facts.items() if name in ("due_on", "decision", "until")}
    audit.record(f"case.{kind}", case, by=by, on=on, **named)
    return step


def _locked(case: Case, *, on: datetime.date) -> Case:
    """The case, locked and open, or a refusal that says how it ended meanwhile."""
    case = (
        Case.objects.select_for_update(no_key=True, of=["self"])
        .select_related("member__user", "reporter", "opened_by")
        .get(pk=case.pk)
    )
    ending = case.steps.filter(kind__in=CaseStep.ENDINGS).first()
    if ending:
        raise CaseRefused(
            _("Case {number} has been {state} since {day}. Nothing more can be added.").format(
                number=case.number, state=ending.get_kind_display(), day=long_date(ending.on)
            )
        )
    if on < case.opened_on:
        raise CaseRefused(
            _("The case was opened on {day}. Choose that day or a later one.").format(day=long_date(case.opened_on)),
            field="on",
        )
    return case


def _locked_to_decide(case: Case, *, decision: Decision, on: datetime.date, by: User, sanction: str = "") -> Case:
    case = _locked(case, on=on)
    _decider(case, by)
    _after_hearing(case)
    detail = (sanction or decision.detail) if decision.detail else ""
    require(decision, kind=DecisionKind.SANCTION, subject=case, detail=detail, on=on)
    if not case.opened_on <= decision.decided_on <= on:
        raise CaseRefused(
            _("Choose a decision taken after the case was opened, on {day}, and not after today.").format(
                day=long_date(case.opened_on)
            ),
            field="decision",
        )
    return case


def _not_in_own_case(case: Case, by: User) -> None:
    if case.member.user_id == by.pk:
        raise CaseRefused(_("This case concerns you. Answer in it; another officer takes it further."))


def _decider(case: Case, by: User) -> None:
    """The decider is neither concerned nor the reporter: the chair, or the secretary where the chair is one of them."""
    if case.member.user_id == by.pk:
        raise CaseRefused(_("You cannot decide on your own case."))
    if queries.has_reported(case, by):
        raise CaseRefused(_("You reported this case and cannot decide on it. Ask another officer of the board."))
    if by.role != Role.CHAIR and queries.chair_of(case):
        raise CaseRefused(_("The chair decides on this case. You can record conversations and agreements."))


def _second_officer(case: Case, decision: Decision, by: User) -> None:
    """Talk, agreement, decision and sanction are not all by one hand."""
    others = case.steps.filter(kind__in=[Kind.TALK, Kind.AGREEMENT, Kind.AGENDA, Kind.DECISION]).exclude(by=by)
    if decision.recorded_by_id == by.pk and not others.exists():
        raise CaseRefused(_("You led this case alone up to here. Another officer puts the sanction in force."))


def _after_hearing(case: Case) -> None:
    if not case.steps.filter(kind__in=[Kind.TALK, Kind.ANSWER]).exists():
        raise CaseRefused(
            _("Nobody has talked with {name} yet. Record the conversation first.").format(name=case.member.name)
        )


def _tell_member(case: Case, text: str, **facts) -> None:
    tell(case.member.user, text.format(number=case.number, **facts), url=_page(case))


def _tell_board(case: Case, text: str, *, but: User | None = None) -> None:
    """Notify chair and secretary unless they are concerned. No name: a telephone shows notifications to anybody."""
    apart = [pk for pk in (case.member.user_id, but and but.pk) if pk]
    for officer in User.objects.filter(role__in=[Role.CHAIR, Role.SECRETARY], is_active=True).exclude(pk__in=apart):
        tell(officer, text.format(number=case.number), url=_page(case))


def _page(case: Case) -> str:
    return reverse("governance:case", args=[case.pk])
