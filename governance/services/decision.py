"""Decisions: born from an item on the agenda, from a law, or entered as an old paper."""

import datetime

from django.db import models, transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core import audit
from core.dates import long_date
from core.models import User
from core.services import store
from core.uploads import Upload
from governance.acts import reaches
from governance.errors import GovernanceRefused
from governance.models import Article, Decision, DecisionKind, OfSubject
from governance.numbering import next_numbers
from governance.queries.statutes import requirement
from governance.services.rows import save

Source = Decision.Source
GENERAL = (DecisionKind.RULES, DecisionKind.DUES, DecisionKind.STATUTES)
"""What a paper from before the system, or a law, may have decided as a whole, without a thing that it names."""


def require(
    decision: Decision,
    *,
    kind: str,
    subject: models.Model | type[models.Model],
    on: datetime.date,
    detail: str = "",
    organ: str = "",
    field: str = "decision",
) -> None:
    """What every service asks before it acts on a decision: whether it decided this very thing, and counts on `on`.

    `detail` says what of the thing (the office of an election); `organ` asks for a higher organ than the statutes do.
    Raises GovernanceRefused for a decision about something else, of an organ that may not decide this, from later than
    the day, and for one that was revoked.
    """

    def no(sentence: str, **facts):
        return GovernanceRefused(sentence.format(number=decision.number, **facts), field=field)

    general = decision.source in (Source.PAPER, Source.LAW) and decision.kind in GENERAL and not decision.subject_type
    if decision.kind != kind and not (general and kind in GENERAL):
        raise no(
            _("Decision {number} is about {other}. Choose the one about {this}."),
            other=decision.get_kind_display(),
            this=DecisionKind(kind).label,
        )
    if not (general or (decision.is_about(subject) and decision.detail == detail)):
        raise no(
            _("Decision {number} was taken about something else. Choose the one about {this}."), this=_said(subject)
        )
    if decision.source != Source.LAW:
        needed = requirement(kind, on=decision.decided_on)
        if not needed.may_decide(decision.organ) or (organ and not reaches(decision.organ, organ)):
            raise no(
                _("Decision {number} was taken by the {organ}. This is decided by the {needed} ({article})."),
                organ=decision.get_organ_display(),
                needed=Decision.Organ(organ or needed.organ).label,
                article=needed.source,
            )
    if on < decision.decided_on:
        raise no(
            _("Decision {number} is of {day}. Nothing follows from it before."), day=long_date(decision.decided_on)
        )
    later = Decision.objects.filter(revokes=decision, decided_on__lte=on).first()
    if later:
        raise no(
            _("Decision {number} was revoked by {later} on {day}."), later=later.number, day=long_date(later.decided_on)
        )


def _said(subject) -> str:
    return str(subject if isinstance(subject, models.Model) else subject._meta.verbose_name)


@transaction.atomic
def record_decision(
    *,
    number: str,
    organ: str,
    decided_on: datetime.date,
    title: str,
    text: str,
    by: User,
    kind: str,
    subject: models.Model | type[models.Model] | None = None,
    detail: str = "",
    article: Article | None = None,
    revokes: Decision | None = None,
    paper: Upload | None = None,
) -> Decision:
    """Enter a law, or a decision on paper from before the system (UU 25/1992 art. 23), with its scan if there is one.

    `subject` is the thing that was decided, or a model for everything of that type. It stays as written; every member
    may read it.
    """
    decision = Decision(
        number=number.strip(),
        organ=organ,
        decided_on=decided_on,
        title=title,
        text=text,
        kind=kind,
        detail=detail,
        article=article,
        revokes=revokes,
        source=Source.LAW if organ == Decision.Organ.LAW else Source.PAPER,
        recorded_by=by,
    )
    decision.subject = subject
    _refuse_paper_of_today(decision)
    if Decision.objects.filter(number__iexact=decision.number).exists():
        raise GovernanceRefused(
            _("The number {number} is taken by another decision. Look into the minutes again.").format(
                number=decision.number
            ),
            field="number",
        )
    if paper:
        decision.paper = store(paper, by=by)
    return _recorded(decision, by=by)


@transaction.atomic
def from_agenda_item(
    item: OfSubject,
    *,
    organ: str,
    decided_on: datetime.date,
    title: str,
    text: str,
    entitled: int,
    present: int,
    in_favour: int,
    against: int,
    abstained: int,
    by: User,
    by_consensus: bool = False,
    second_call: bool = False,
    subject: models.Model | None = None,
    detail: str = "",
    revokes: Decision | None = None,
) -> Decision:
    """The decision that an item became when its meeting closed: about what the item was about.

    An election names in `subject` the member who was elected; the item named the office in `detail`.
    """
    return _counted(
        item,
        source=Source.MEETING,
        subject=subject or item.subject,
        organ=organ,
        decided_on=decided_on,
        title=title,
        text=text,
        entitled=entitled,
        present=present,
        in_favour=in_favour,
        against=against,
        abstained=abstained,
        by_consensus=by_consensus,
        second_call=second_call,
        detail=detail or item.detail,
        revokes=revokes,
        by=by,
    )


def from_resolution(resolution: OfSubject, *, answers: list[bool], on: datetime.date, by: User) -> Decision:
    """The decision of the board between meetings: every board member whom it does not concern has answered."""
    return _counted(
        resolution,
        source=Source.CIRCULAR,
        subject=None,
        organ=Decision.Organ.BOARD,
        decided_on=on,
        title=resolution.title,
        text=resolution.text,
        entitled=len(answers),
        present=len(answers),
        in_favour=sum(answers),
        against=len(answers) - sum(answers),
        abstained=0,
        detail=resolution.detail,
        by=by,
    )


def _counted(of: OfSubject, *, subject, decided_on: datetime.date, by: User, **facts) -> Decision:
    """A decision that was counted, with the article that says who decides it; refused where it does not reach that."""
    needed = requirement(of.kind, on=decided_on)
    if not needed.may_decide(facts["organ"]):
        raise GovernanceRefused(
            _("{act} is decided by the {organ} ({article}).").format(
                act=capfirst(needed.act), organ=needed.organ_name, article=needed.source
            )
        )
    if not needed.is_quorate(
        entitled=facts["entitled"], present=facts["present"], second_call=facts.get("second_call", False)
    ):
        raise GovernanceRefused(
            _("There was no quorum: {present} of {entitled} were present ({article}).").format(
                present=facts["present"], entitled=facts["entitled"], article=needed.source
            )
        )
    if not needed.is_carried(
        in_favour=facts["in_favour"], against=facts["against"], by_consensus=facts.get("by_consensus", False)
    ):
        raise GovernanceRefused(
            _("It was not carried: {in_favour} in favour, {against} against. It needs {majority}.").format(
                in_favour=facts["in_favour"], against=facts["against"], majority=needed.majority_name
            )
        )
    [number] = next_numbers(Decision, "KEP", on=decided_on)
    facts["article"] = needed.article
    decision = Decision(number=number, kind=of.kind, decided_on=decided_on, recorded_by=by, **facts)
    if subject is None:
        decision.subject_type, decision.subject_id = of.subject_type, of.subject_id
    else:
        decision.subject = subject
    return _recorded(decision, by=by)


def _refuse_paper_of_today(decision: Decision) -> None:
    """A paper is from before the system: once a meeting was held in it, what is decided is decided there."""
    if decision.source != Source.PAPER:
        return
    first = Decision.objects.filter(source=Source.MEETING).order_by("decided_on").first()
    if first and decision.decided_on >= first.decided_on:
        raise GovernanceRefused(
            _(
                "Since {day} decisions are voted in the system. Put it on the agenda, or ask the board for its answers."
            ).format(day=long_date(first.decided_on)),
            field="decided_on",
        )


def _recorded(decision: Decision, *, by: User) -> Decision:
    earlier = decision.revokes
    if earlier and (decision.decided_on < earlier.decided_on or not reaches(decision.organ, earlier.organ)):
        raise GovernanceRefused(
            _("A decision is revoked later, by the organ that took it ({organ}) or a higher one.").format(
                organ=earlier.get_organ_display()
            ),
            field="revokes",
        )
    save(decision)
    audit.record("decision.recorded", decision, by=by, organ=decision.organ, decided_on=decision.decided_on)
    return decision
