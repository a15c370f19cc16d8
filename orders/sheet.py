"""The handover sheet as a page shows it: the terms in words, and what each side may still do. Reads, never writes."""

import datetime

from django.utils.translation import gettext as _

from core.money import format_percent, format_rupiah
from core.permissions import Permission
from orders import queries
from orders.models import Settlement


def terms_in_words(terms) -> list[tuple[str, str]]:
    """The terms as rows of a page."""
    rows = [
        (_("Price"), _("{price} each").format(price=format_rupiah(terms.maker_price))),
        (_("What is good"), terms.quality or "–"),
        (_("What is not good"), terms.get_rejects_display()),
    ]
    if terms.late_penalty:
        rows.append((_("For each day late"), "−" + format_rupiah(terms.late_penalty)))
    if terms.reject_penalty:
        rows.append((_("For each one not good"), "−" + format_rupiah(terms.reject_penalty)))
    if terms.advance_bp:
        rows.append((_("Paid ahead, at most"), format_percent(terms.advance_bp)))
    return rows


def sheet(journey, user, *, as_of: datetime.date) -> dict:
    """What the page of a handover shows beside the steps, for the side of `user`."""
    claim = journey.claim
    is_maker = journey.maker.user_id == user.pk
    is_holder = journey.holder.user_id == user.pk
    handles_money = user.can(Permission.SETTLEMENT_PAY) and not (is_maker or is_holder)
    acts = user.can(Permission.DELIVERY_RECORD)
    return {
        "terms": terms_in_words(claim),
        "may_propose": acts and not journey.deliveries and not journey.change and (is_maker or is_holder),
        "may_give": acts and is_holder and claim.to_send > 0,
        "may_pay_ahead": acts
        and (is_holder or handles_money)
        and claim.to_send > 0
        and queries.may_be_paid_ahead(claim) > 0,
        "waiting_pay": next((one for one in journey.unpaid if is_maker and one.method in Settlement.POSTED), None),
        "dispute": queries.disputes(claim, as_of=as_of).first(),
        "may_dispute": acts and (is_maker or is_holder),
        "is_maker": is_maker,
        "is_holder": is_holder,
        "handles_money": handles_money,
    }
