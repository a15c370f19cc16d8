"""A second approval: what one officer may not pay alone waits as a request until another officer confirms it."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit, hooks
from core.models import StoredFile, User
from core.money import format_rupiah
from core.notices import tell
from core.reversal import given_reason
from governance.models import Decision, DecisionKind
from governance.services import require
from ledger.channels import Channel, Way
from treasury.errors import TreasuryRefused
from treasury.models import PaymentRequest
from treasury.queries.spending import limit_for, waiting_request


@transaction.atomic
def pay(
    kind: str,
    *,
    amount: int,
    channel: str,
    payee: str,
    purpose: str,
    on: datetime.date,
    by: User,
    paper: StoredFile | None = None,
    about: object = "",
    parties: Iterable[User | None] = (),
    **facts,
) -> Any:
    """Carry a payment out where `by` may do so alone, else leave a PaymentRequest for another officer.

    The room that knows `kind` answers the hook `payments.<kind>` with the function that books it, called with
    `amount`, `channel`, `payee`, `purpose`, `paper`, `on`, `by` and `facts`. Facts are kept as JSON meanwhile: primary
    keys, days and numbers, no rows. Returns what that function returned, or the request.

    `about` names what is paid once only (its primary key): while it waits nobody asks again. None of `parties`, who
    get the money or stand on a side of it, confirms it.
    """
    about = str(about)
    if about and waiting_request(kind, about):
        raise TreasuryRefused(_("This payment waits for a second approval already."))
    limit = limit_for(kind, channel, on=on)
    if limit.allows_alone(amount):
        return _carry_out(
            kind, amount=amount, channel=channel, payee=payee, purpose=purpose, paper=paper, on=on, by=by, **facts
        )
    request = PaymentRequest.objects.create(
        kind=kind,
        payee=payee[:120],
        purpose=purpose[:200],
        amount=amount,
        channel=str(Channel(channel).value),
        about=about,
        parties=[user.pk for user in parties if user],
        facts=facts | ({"account": channel.account} if isinstance(channel, Way) else {}),
        paper=paper,
        on=on,
        requested_on=on,
        requested_by=by,
    )
    audit.record("payment.requested", request, by=by, **_words(request))
    return request


@transaction.atomic
def confirm_payment(
    request: PaymentRequest, *, on: datetime.date, by: User, decision: Decision | None = None
) -> tuple[PaymentRequest, Any]:
    """The second approval, and the payment with it, dated `on`. Gives the request and what was booked.

    Raises TreasuryRefused where it was answered before, where `by` asked for it, or where the sum needs a decision
    and none is named; the room's own refusals (the cash is gone meanwhile) leave the request as it was.
    """
    request = _locked(request)
    if request.requested_by_id == by.pk:
        raise TreasuryRefused(_("You asked for this payment. Another officer confirms it."))
    if by.pk in request.parties:
        raise TreasuryRefused(_("This money is your own, or you are one side of it. Another officer confirms it."))
    limit = limit_for(request.kind, request.channel, on=on)
    if limit.needs_decision(request.amount) and decision is None:
        raise TreasuryRefused(
            _("More than {amount} is paid by decision only. Choose the decision.").format(
                amount=format_rupiah(limit.decision_above)
            ),
            field="decision",
        )
    if decision is not None:
        require(decision, kind=DecisionKind.SPENDING, subject=request, on=on)
    facts = dict(request.facts)
    account = facts.pop("account", None)
    channel = Way(Channel(request.channel), account) if account else Channel(request.channel)
    booked = _carry_out(
        request.kind,
        amount=request.amount,
        channel=channel,
        payee=request.payee,
        purpose=request.purpose,
        paper=request.paper,
        on=on,
        by=request.requested_by,
        **facts,
    )
    request.entry = getattr(booked, "entry", None)
    _answer(request, PaymentRequest.Answer.CONFIRMED, on=on, by=by, decision=decision)
    audit.record("payment.confirmed", request, by=by, **_words(request))
    text = _("{amount} to {payee} is confirmed and booked.").format(**_words(request))
    tell(request.requested_by, text, url=_page(request))
    return request, booked


@transaction.atomic
def decline_payment(request: PaymentRequest, *, reason: str, on: datetime.date, by: User) -> PaymentRequest:
    """Say no, with a reason that whoever asked can read."""
    request = _locked(request)
    if request.requested_by_id == by.pk:
        raise TreasuryRefused(_("You asked for this payment. Withdraw it if it is not wanted any more."))
    request.reason = given_reason(reason, TreasuryRefused)
    _answer(request, PaymentRequest.Answer.DECLINED, on=on, by=by)
    words = _words(request) | {"reason": request.reason}
    audit.record("payment.declined", request, by=by, **words)
    tell(request.requested_by, _("{amount} to {payee} was declined: {reason}").format(**words), url=_page(request))
    return request


@transaction.atomic
def withdraw_request(request: PaymentRequest, *, on: datetime.date, by: User) -> PaymentRequest:
    """Take one's own request back."""
    request = _locked(request)
    if request.requested_by_id != by.pk:
        raise TreasuryRefused(_("Somebody else asked for this payment. Decline it with a reason."))
    _answer(request, PaymentRequest.Answer.WITHDRAWN, on=on, by=by)
    audit.record("payment.withdrawn", request, by=by, **_words(request))
    return request


def _carry_out(kind: str, **facts) -> Any:
    book = hooks.answer("payments", kind)
    if book is None:
        raise LookupError(f"no room answers payments.{kind}")
    return book(**facts)


def _answer(request, answer, *, on, by, decision=None) -> None:
    request.answer, request.answered_on, request.answered_by, request.decision = answer, on, by, decision
    request.save(update_fields=["answer", "answered_on", "answered_by", "reason", "decision", "entry"])


def _locked(request: PaymentRequest) -> PaymentRequest:
    request = (
        PaymentRequest.objects.select_for_update(no_key=True, of=["self"])
        .select_related("requested_by", "paper")
        .get(pk=request.pk)
    )
    if request.answer:
        raise TreasuryRefused(_("This request was answered already. Reload the page."))
    return request


def _words(request: PaymentRequest) -> dict:
    return {"amount": format_rupiah(request.amount), "payee": request.payee, "purpose": request.purpose}


def _page(request: PaymentRequest) -> str:
    return reverse("treasury:request", args=[request.pk])
