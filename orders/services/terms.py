"""Other terms for a handover: proposed by one side, agreed by the other before work is sent."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.money import format_rupiah
from core.notices import tell
from members.models import Member
from orders import notifications
from orders.models import Claim, TermsChange
from orders.services.claim import locked_claim, locked_of
from orders.services.common import OrdersRefused, act_for, claim_page
from orders.services.offer import refuse_unfair_terms


@transaction.atomic
def propose_terms(claim: Claim, *, reason: str, on: datetime.date, by: User, **terms) -> TermsChange:
    """Propose other terms to the other side, as long as nothing was sent. `terms` as in `AgreedTerms.FIELDS`."""
    claim = locked_claim(claim)
    is_maker = _side(claim, by)
    _refuse_after_start(claim)
    if claim.changes.filter(agreed_on=None, dropped_on=None).exists():
        raise OrdersRefused(_("Other terms are proposed already. Answer those first."))
    proposed = claim.terms | {name: value for name, value in terms.items() if value is not None}
    if proposed == claim.terms:
        raise OrdersRefused(_("These are the terms that you have agreed on already."))
    refuse_unfair_terms(proposed, line=claim.offer.line)
    change = TermsChange.objects.create(
        claim=claim, reason=reason.strip(), proposed_on=on, proposed_by=by, proposed_by_maker=is_maker, **proposed
    )
    audit.record("terms.proposed", claim, by=by, price=format_rupiah(proposed["maker_price"]), reason=reason)
    _tell(claim, not is_maker, notifications.terms_proposed(change))
    return change


@transaction.atomic
def agree_terms(change: TermsChange, *, on: datetime.date, by: User) -> TermsChange:
    """The other side agrees: from now on these are the terms."""
    claim, change = _open_change(change)
    _refuse_after_start(claim)
    act_for(_member(claim, not change.proposed_by_maker), by)
    if by.pk == change.proposed_by_id:
        raise OrdersRefused(_("The other side agrees to changed terms."))
    change.agreed_on, change.agreed_by = on, by
    change.save(update_fields=["agreed_on", "agreed_by"])
    for name, value in change.terms.items():
        setattr(claim, name, value)
    claim.save(update_fields=list(Claim.FIELDS))
    audit.record("terms.agreed", claim, by=by, price=format_rupiah(claim.maker_price))
    text = _("{member} agrees to your terms for {item}.")
    _tell(
        claim,
        change.proposed_by_maker,
        text.format(member=_name(claim, not change.proposed_by_maker), item=claim.offer.line.item),
    )
    return change


@transaction.atomic
def drop_terms(change: TermsChange, *, on: datetime.date, by: User) -> TermsChange:
    """Either side lets the proposal go; what was agreed before stays."""
    claim, change = _open_change(change)
    is_maker = _side(claim, by)
    change.dropped_on = on
    change.save(update_fields=["dropped_on"])
    audit.record("terms.dropped", claim, by=by)
    text = _("The proposed terms for {item} are dropped; what you agreed on stays.")
    _tell(claim, not is_maker, text.format(item=claim.offer.line.item))
    return change


def _member(claim: Claim, is_maker: bool) -> Member:
    return claim.member if is_maker else claim.offer.line.order.member


def _name(claim: Claim, is_maker: bool) -> str:
    return _member(claim, is_maker).name


def _tell(claim: Claim, to_maker: bool, text: str) -> None:
    tell(_member(claim, to_maker).user, text, url=claim_page(claim))


def _side(claim: Claim, by: User) -> bool:
    """Whether `by` speaks for the maker. An officer who is neither side speaks for the holder of the order."""
    if by.pk == claim.member.user_id:
        return True
    act_for(claim.offer.line.order.member, by)
    return False


def _refuse_after_start(claim: Claim) -> None:
    if claim.deliveries.exists():
        raise OrdersRefused(_("Work was sent already. The terms of this handover stay as they are."))


def _open_change(change: TermsChange) -> tuple[Claim, TermsChange]:
    claim, change = locked_of(TermsChange, change)
    if not change.is_open:
        raise OrdersRefused(_("This proposal was answered already."))
    return claim, change
