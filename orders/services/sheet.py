"""The handover sheet beside the work: changed terms, material that goes along, money paid ahead and paid back."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, sql
from core.models import User
from core.money import format_rupiah
from core.notices import tell
from ledger import chart
from ledger import services as ledger
from ledger.models import Receipt
from ledger.models import Unit as Books
from members.models import Member
from orders import queries, wording
from orders.models import Advance, Claim, MaterialGiven, TermsChange
from orders.services.board import locked_claim, refuse_unfair_terms
from orders.services.common import OrdersRefused, act_for, claim_page, counted, require_neutral
from pricing import services as pricing
from pricing.models import Item
from stock import queries as stock_queries
from stock import services as stock

# -- terms -----------------------------------------------------------------------------------------------------------


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
    refuse_unfair_terms(proposed, line=claim.surplus.line)
    change = TermsChange.objects.create(
        claim=claim, reason=reason.strip(), proposed_on=on, proposed_by=by, proposed_by_maker=is_maker, **proposed
    )
    audit.record("terms.proposed", claim, by=by, price=format_rupiah(proposed["maker_price"]), reason=reason)
    _tell(claim, not is_maker, wording.terms_proposed(change))
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
        text.format(member=_name(claim, not change.proposed_by_maker), item=claim.surplus.line.item),
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
    _tell(claim, not is_maker, text.format(item=claim.surplus.line.item))
    return change


# -- material --------------------------------------------------------------------------------------------------------


@transaction.atomic
def give_material(
    claim: Claim, *, item: Item, quantity: Decimal, value: int = 0, is_owed: bool = False, on: datetime.date, by: User
) -> MaterialGiven:
    """The holder of the order writes down material that went along; the maker confirms it.

    With `is_owed` its agreed value is taken off the pay. Raises OrdersRefused for the wrong side, for goods that are no
    material, for material in another unit, and for material owed without a value.
    """
    claim = locked_claim(claim)
    holder = claim.surplus.line.order.member
    act_for(holder, by)
    if item.kind != Item.Kind.MATERIAL:
        raise OrdersRefused(_("{item} is no material.").format(item=item), field="item")
    if quantity <= 0:
        raise OrdersRefused(_("The quantity must be more than zero."), field="quantity")
    quantity = pricing.in_base_units(item, quantity, item.base_unit)
    if is_owed and value <= 0:
        raise OrdersRefused(_("Write the value that you agreed on, so that it can be taken off."), field="value")
    if on < claim.claimed_on:
        raise OrdersRefused(_("The material cannot go along before the work was taken."), field="on")
    given = MaterialGiven.objects.create(
        claim=claim, item=item, quantity=quantity, value=value, is_owed=is_owed, given_on=on, given_by=by
    )
    words = f"{counted(quantity, item)} {item}"
    audit.record("material.given", claim, by=by, material=words, value=format_rupiah(value))
    _tell(claim, True, wording.material_along(given))
    return given


@transaction.atomic
def confirm_material(given: MaterialGiven, *, on: datetime.date, by: User) -> MaterialGiven:
    """The maker has it. Where the holder's stock of it is kept, it moves from one workshop to the other."""
    claim, given = _locked_of(MaterialGiven, given)
    if given.confirmed_on:
        raise OrdersRefused(_("This was confirmed already."))
    if by.pk == given.given_by_id:
        raise OrdersRefused(_("Who gave the material cannot also confirm it."))
    act_for(claim.member, by)
    holder = claim.surplus.line.order.member
    if stock_queries.movements(holder, given.item).exists():
        given.movement = stock.give_along(
            holder, claim.member, item=given.item, quantity=given.quantity, note=str(claim)[:120], on=on, by=by
        )
    given.confirmed_on, given.confirmed_by = on, by
    given.save()
    words = f"{counted(given.quantity, given.item)} {given.item}"
    audit.record("material.confirmed", claim, by=by, material=words)
    _tell(claim, False, _("{member} has the material: {material}.").format(member=claim.member.name, material=words))
    return given


@transaction.atomic
def return_material(given: MaterialGiven, *, quantity: Decimal, on: datetime.date, by: User) -> MaterialGiven:
    """The holder has some of it back; what is owed for it becomes less."""
    claim, given = _locked_of(MaterialGiven, given)
    holder = claim.surplus.line.order.member
    act_for(holder, by)
    if given.confirmed_on is None:
        raise OrdersRefused(_("The maker has not confirmed it yet."))
    most = given.quantity - given.returned
    if quantity > 0:
        quantity = pricing.in_base_units(given.item, quantity, given.item.base_unit)
    if not 0 < quantity <= most:
        raise OrdersRefused(_("Up to {most} can come back.").format(most=counted(most, given.item)), field="quantity")
    before = queries.owed(claim)
    given.returned += quantity
    given.save(update_fields=["returned"])
    if queries.owed(claim).open["material"] < 0:
        raise OrdersRefused(_("This material was taken off the pay already. Reverse that settlement first."))
    if given.movement_id:
        stock.give_along(claim.member, holder, item=given.item, quantity=quantity, note=str(claim)[:120], on=on, by=by)
    words = f"{counted(quantity, given.item)} {given.item}"
    audit.record("material.returned", claim, by=by, material=words, before=before.open["material"])
    _tell(claim, True, _("{member} has {material} back from you.").format(member=holder.name, material=words))
    return given


# -- money ahead and back --------------------------------------------------------------------------------------------


@transaction.atomic
def pay_ahead(claim: Claim, *, amount: int, method: str, on: datetime.date, by: User) -> Advance:
    """The holder pays the maker ahead, no more than the terms say. Directly, the maker then confirms it.

    Through the cooperative an officer who is neither side receives and hands it on at once, with two receipts.
    """
    claim = locked_claim(claim)
    most = queries.may_be_paid_ahead(claim)
    if amount > most:
        raise OrdersRefused(
            _("The terms allow {most} to be paid ahead now. Propose other terms for more.").format(
                most=format_rupiah(max(most, 0))
            ),
            field="amount",
        )
    return _cross(claim, Advance.Kind.AHEAD, amount, method, on, by)


@transaction.atomic
def pay_back(claim: Claim, *, amount: int, method: str, on: datetime.date, by: User) -> Advance:
    """The maker pays back what the pay did not cover, once nothing more is to come. Directly, the holder confirms."""
    claim = locked_claim(claim)
    owed = queries.owed(claim)
    if owed.to_come:
        raise OrdersRefused(_("The next payment covers this first. Let it be counted and paid."))
    if amount > owed.remainder:
        raise OrdersRefused(_("{owed} are to be paid back.").format(owed=format_rupiah(owed.remainder)), field="amount")
    return _cross(claim, Advance.Kind.BACK, amount, method, on, by)


@transaction.atomic
def confirm_advance(advance: Advance, *, on: datetime.date, by: User) -> Advance:
    """Whoever was paid directly says that the money is there."""
    claim, advance = _locked_of(Advance, advance)
    if advance.confirmed_on or advance.reversed_on:
        raise OrdersRefused(_("This was confirmed already."))
    if by.pk == advance.paid_by_id:
        raise OrdersRefused(_("The other side confirms having the money."))
    act_for(advance.taker, by)
    advance.confirmed_on, advance.confirmed_by = on, by
    advance.save(update_fields=["confirmed_on", "confirmed_by"])
    words = {"amount": format_rupiah(advance.amount), "member": advance.taker.name}
    audit.record("advance.confirmed", claim, by=by, amount=advance.amount)
    tell(advance.giver.user, _("{member} has your {amount}.").format(**words), url=claim_page(claim))
    return advance


@transaction.atomic
def reverse_advance(advance: Advance, *, reason: str, on: datetime.date, by: User) -> Advance:
    """Undo a wrong advance as long as no settlement has counted on it. Posted ones: not by who posted it."""
    claim, advance = _locked_of(Advance, advance)
    if advance.reversed_on:
        raise OrdersRefused(_("This was reversed already."))
    if not reason.strip():
        raise OrdersRefused(_("Write down the reason, so that it can be followed later."), field="reason")
    if advance.entry_id:
        require_neutral(claim, by)
        if by.pk == advance.paid_by_id:
            raise OrdersRefused(_("Whoever booked it does not reverse it. Ask the chair or the other officer."))
        ledger.reverse(advance.entry, on=on, reason=reason, by=by)
    else:
        act_for(advance.taker if advance.confirmed_on else advance.giver, by)
    advance.reversed_on, advance.reversed_by, advance.reversal_reason = on, by, reason.strip()
    advance.save(update_fields=["reversed_on", "reversed_by", "reversal_reason"])
    if queries.owed(claim).open["advance"] < 0:
        raise OrdersRefused(_("A settlement has counted on this money. Reverse that settlement first."))
    audit.record("advance.reversed", claim, by=by, amount=advance.amount, reason=reason)
    text = _("The payment of {amount} was reversed: {reason}").format(
        amount=format_rupiah(advance.amount), reason=reason
    )
    for member in (advance.giver, advance.taker):
        tell(member.user, text, url=claim_page(claim))
    return advance


def _cross(claim: Claim, kind: str, amount: int, method: str, on: datetime.date, by: User) -> Advance:
    """Money from one side of the handover to the other, outside the settlements."""
    if amount <= 0:
        raise OrdersRefused(_("The amount must be more than zero."), field="amount")
    if on < claim.claimed_on:
        raise OrdersRefused(_("Nothing can be paid before the work was taken."), field="on")
    advance = Advance(claim=claim, kind=kind, amount=amount, method=method, paid_on=on, paid_by=by)
    if method == Advance.Method.DIRECT:
        if by.pk == advance.taker.user_id:
            raise OrdersRefused(_("{member} writes it down, and you confirm it.").format(member=advance.giver.name))
        act_for(advance.giver, by)
    else:
        require_neutral(claim, by)
        advance.pk = sql.next_pk(Advance)
        advance.entry = _hand_on(advance, by)
        advance.confirmed_on, advance.confirmed_by = on, by
    advance.save(force_insert=True)
    audit.record(f"advance.{kind}", claim, by=by, amount=amount, method=method)
    tell(advance.taker.user, wording.advanced(advance), url=claim_page(claim))
    return advance


def _hand_on(advance: Advance, by: User):
    """In from one, out to the other, in one entry: what the cooperative holds for makers is as before."""
    order = advance.claim.surplus.line.order
    amount, maker = advance.amount, advance.claim.member
    entry = ledger.post_entry(
        unit=Books.UMUM,
        on=advance.paid_on,
        reference=f"advance:{advance.pk}:handed",
        memo=_("{order}: {giver} pays {taker} outside the settlement").format(
            order=order, giver=advance.giver.name, taker=advance.taker.name
        ),
        lines=[
            ledger.debit(chart.CASH, amount),
            ledger.credit(chart.MAKERS_PAYABLE, amount, member=maker),
            ledger.debit(chart.MAKERS_PAYABLE, amount, member=maker),
            ledger.credit(chart.CASH, amount),
        ],
        by=by,
    )
    for member, direction in ((advance.giver, Receipt.Direction.IN), (advance.taker, Receipt.Direction.OUT)):
        ledger.issue_receipt(
            entry,
            party=member.name,
            member=member,
            purpose=_("Work for order {order}: {kind}").format(order=order, kind=advance.get_kind_display()),
            amount=amount,
            direction=direction,
            by=by,
        )
    return entry


# -- the steps they share --------------------------------------------------------------------------------------------


def _member(claim: Claim, is_maker: bool) -> Member:
    return claim.member if is_maker else claim.surplus.line.order.member


def _name(claim: Claim, is_maker: bool) -> str:
    return _member(claim, is_maker).name


def _tell(claim: Claim, to_maker: bool, text: str) -> None:
    tell(_member(claim, to_maker).user, text, url=claim_page(claim))


def _side(claim: Claim, by: User) -> bool:
    """Whether `by` speaks for the maker. An officer who is neither side speaks for the holder of the order."""
    if by.pk == claim.member.user_id:
        return True
    act_for(claim.surplus.line.order.member, by)
    return False


def _refuse_after_start(claim: Claim) -> None:
    if claim.deliveries.exists():
        raise OrdersRefused(_("Work was sent already. The terms of this handover stay as they are."))


def _open_change(change: TermsChange) -> tuple[Claim, TermsChange]:
    claim, change = _locked_of(TermsChange, change)
    if not change.is_open:
        raise OrdersRefused(_("This proposal was answered already."))
    return claim, change


def _locked_of(model, row) -> tuple[Claim, object]:
    """The claim, locked, and its row as it is now."""
    claim = locked_claim(row.claim)
    row = model.objects.get(pk=row.pk)
    row.claim = claim
    return claim, row
