"""Visits, and what was given."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from activities.errors import ActivityRefused
from activities.models import HelpRequest, Source, Visit
from activities.services.common import pay_from, reverse_paid
from core import audit, sql
from core.models import StoredFile, User
from ledger import chart
from ledger.channels import Channel
from members.models import Member
from treasury.models import PaymentKind, PaymentRequest
from treasury.services import pay


@transaction.atomic
def record_visit(
    member: Member | None = None,
    *,
    reason: str,
    visitors: str,
    on: datetime.date,
    by: User,
    neighbour: str = "",
    help_request: HelpRequest | None = None,
    report: str = "",
    amount: int = 0,
    source: str = Source.RUNNING,
    channel: str = Channel.CASH,
) -> Visit | PaymentRequest:
    """Write down a visit to a member or a neighbour in need, and pay what was given.

    Above what one officer may pay alone it waits for a second approval, and the visit is written down with it. Nobody
    gives money to themselves; a request is answered by one visit, with no more than was granted. Raises
    ActivityRefused for that, and LedgerRefused where the money is not there.
    """
    if help_request:
        help_request = _locked(help_request.pk)
        member, neighbour = help_request.member, help_request.neighbour
        _refuse_beyond(help_request, amount)
    if bool(member) == bool(neighbour.strip()):
        raise ActivityRefused(_("Choose the member who was visited, or enter the name of the neighbour."))
    if amount and member and member.user_id == by.pk:
        raise ActivityRefused(_("Nobody gives money to themselves. Ask another officer."))
    facts = {
        "member": member and member.pk,
        "neighbour": neighbour.strip()[:120],
        "help_request": help_request and help_request.pk,
        "reason": reason,
        "visitors": visitors,
        "report": report.strip(),
        "visited_on": on.isoformat(),
    }
    if not amount:
        return _write(Visit(pk=sql.next_pk(Visit), by=by, **_rows(facts)))
    return pay(
        PaymentKind.VISIT,
        amount=amount,
        channel=channel,
        payee=member.name if member else neighbour.strip(),
        purpose=_("Help given on a visit"),  # not why: the journal and the receipt have more readers than the visit
        on=on,
        by=by,
        source=str(source),
        **facts,
    )


@transaction.atomic
def post_visit(
    *,
    amount: int,
    channel: str,
    payee: str,
    purpose: str,
    source: str,
    on: datetime.date,
    by: User,
    paper: StoredFile | None = None,
    **facts,
) -> Visit:
    """Pay what was given and write the visit down: the hook `payments.visit`."""
    visit = Visit(pk=sql.next_pk(Visit), amount=amount, source=source, channel=str(channel), by=by, **_rows(facts))
    if visit.help_request:
        _refuse_beyond(visit.help_request, amount)
    paid = pay_from(
        source,
        account=chart.SOLIDARITY,
        amount=amount,
        channel=channel,
        reference=f"visit:{visit.pk}:given",
        payee=payee,
        purpose=purpose,
        member=visit.member,
        on=on,
        by=by,
    )
    for name, value in paid.items():
        setattr(visit, name, value)
    return _write(visit)


@transaction.atomic
def reverse_visit(visit: Visit, *, on: datetime.date, reason: str, by: User) -> Visit:
    """Undo a visit that was recorded wrongly, with what was paid for it. Never by who recorded it."""
    visit = Visit.objects.select_for_update(no_key=True, of=["self"]).select_related(
        "entry", "fund_entry", "member"
    ).get(pk=visit.pk)  # fmt: skip
    reverse_paid(visit, on=on, reason=reason, by=by)
    audit.record("visit.reversed", visit, by=by, amount=visit.amount, reason=visit.reversal_reason, on=on)
    return visit


def _write(visit: Visit) -> Visit:
    visit.save(force_insert=True)
    audit.record("visit.recorded", visit, by=visit.by, amount=visit.amount, on=visit.on)
    return visit


def _rows(facts: dict) -> dict:
    """The facts of a payment, which are plain keys and days while it waits, as columns of the visit."""
    facts = dict(facts)
    member, asked, day = facts.pop("member"), facts.pop("help_request"), facts.pop("visited_on")
    return facts | {
        "member": member and Member.objects.get(pk=member),
        "help_request": asked and _locked(asked),
        "on": datetime.date.fromisoformat(day),
    }


def _locked(request: int) -> HelpRequest:
    return HelpRequest.objects.select_for_update(no_key=True, of=["self"]).select_related("member").get(pk=request)


def _refuse_beyond(request: HelpRequest, amount: int) -> None:
    """A request is visited once, after it was approved, with no more than was granted."""
    if request.answer != HelpRequest.Answer.APPROVED:
        raise ActivityRefused(_("This request is not approved. Decide on it first."))
    if request.visits.unreversed().exists():
        raise ActivityRefused(_("The visit to this request is recorded already."))
    if amount > request.granted:
        raise ActivityRefused(_("More than was granted. Enter that much or less."), field="amount")
