"""Decisions: born from an item on the agenda, from a law, or entered as an old paper."""

import datetime

from django.db import models, transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.services import store
from core.uploads import Upload
from governance.errors import GovernanceRefused
from governance.models import Decision, DecisionKind, OfSubject
from governance.numbering import next_numbers
from governance.services.rows import save

Source = Decision.Source


@transaction.atomic
def record_decision(
    *,
    number: str,
    organ: str,
    decided_on: datetime.date,
    title: str,
    text: str,
    by: User,
    kind: str = DecisionKind.OTHER,
    subject: models.Model | type[models.Model] | None = None,
    detail: str = "",
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
        source=Source.LAW if organ == Decision.Organ.LAW else Source.PAPER,
        recorded_by=by,
    )
    decision.subject = subject
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


def _counted(of: OfSubject, *, subject, decided_on: datetime.date, by: User, **facts) -> Decision:
    [number] = next_numbers(Decision, "KEP", on=decided_on)
    decision = Decision(number=number, kind=of.kind, decided_on=decided_on, recorded_by=by, **facts)
    if subject is None:
        decision.subject_type, decision.subject_id = of.subject_type, of.subject_id
    else:
        decision.subject = subject
    return _recorded(decision, by=by)


def _recorded(decision: Decision, *, by: User) -> Decision:
    save(decision)
    audit.record("decision.recorded", decision, by=by, organ=decision.organ, decided_on=decision.decided_on)
    return decision
