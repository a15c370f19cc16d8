"""Handovers between two members: what is on its way, who acts next, and with which button."""

import datetime
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.models import User
from core.money import format_quantity, format_rupiah
from core.permissions import Permission
from core.steps import Action, Step
from governance.models import Case
from ledger.channels import Channel
from orders.models import Advance, Claim, Delivery, MaterialGiven, Settlement, TermsChange
from orders.models.settlement import POSTED
from orders.queries.advance import may_be_paid_ahead
from orders.queries.claim import handovers
from orders.queries.settlement import _with_claim, owed, owing
from orders.queries.terms import terms_in_words


def disputes(claim: Claim, *, as_of: datetime.date) -> QuerySet[Case]:
    """The open cases about this handover."""
    page = reverse("orders:claim", args=[claim.pk])
    return Case.objects.filter(kind=Case.Kind.HANDOVER, url=page).open(as_of=as_of)


def open_handovers(user: User) -> list[Claim]:
    """The handovers of a person, as maker or as holder of the order, in which somebody still has to act."""
    return open_ones(Q(member__user=user) | Q(offer__line__order__member__user=user))


def open_ones(mine: Q) -> list[Claim]:
    """The handovers `mine` in which somebody still has to act, each with what the maker owes as `owed`."""
    unpaid = (
        Delivery.objects.filter(claim=OuterRef("pk"))
        .filter(Q(confirmed_on=None) | Q(accepted__gt=0))
        .exclude(pk__in=Settlement.objects.filter(reversed_on=None, paid_on__isnull=False).values("delivery"))
    )
    unanswered = (
        Exists(TermsChange.objects.filter(claim=OuterRef("pk"), agreed_on=None, dropped_on=None))
        | Exists(MaterialGiven.objects.filter(claim=OuterRef("pk"), confirmed_on=None, dropped_on=None))
        | Exists(Advance.objects.filter(claim=OuterRef("pk"), confirmed_on=None, reversed_on=None))
    )
    may_owe = (
        Q(late_penalty__gt=0)
        | Q(reject_penalty__gt=0)
        | Exists(Advance.objects.filter(claim=OuterRef("pk"), reversed_on=None))
        | Exists(MaterialGiven.objects.filter(claim=OuterRef("pk"), is_owed=True))
    )
    rows = Claim.objects.filter(mine).annotate(unpaid=Exists(unpaid), unanswered=unanswered)
    found = []
    for claim in handovers(rows, gone=True).filter(Q(to_send__gt=0) | Q(unpaid=True) | Q(unanswered=True) | may_owe):
        claim.owed = owed(claim)
        is_gone = claim.withdrawn == claim.quantity
        if claim.to_send > 0 or claim.unpaid or (claim.unanswered and not is_gone) or claim.owed.remainder:
            found.append(claim)
    return found


def to_confirm(user: User) -> QuerySet[Delivery]:
    """What was sent to this person and waits to be counted."""
    return _with_claim(
        Delivery.objects.filter(confirmed_on=None, claim__offer__line__order__member__user=user)
    ).order_by("delivered_on", "pk")


class Journey:
    """What happened to a claim and what is next, from what `handovers` fetched: no query of its own."""

    def __init__(self, claim: Claim):
        self.claim = claim
        self.maker = claim.member
        self.holder = claim.offer.line.order.member
        self.unit = claim.offer.line.item.base_unit
        self.deliveries = sorted(claim.deliveries.all(), key=lambda one: one.pk)
        self.unconfirmed = [one for one in self.deliveries if one.confirmed_on is None]
        self.confirmed = [one for one in self.deliveries if one.confirmed_on]
        self.settlements = [paid for one in self.deliveries for paid in one.settlements.all() if not paid.reversed_on]
        settled = {paid.delivery_id for paid in self.settlements}
        self.unsettled = [one for one in self.confirmed if one.accepted and one.pk not in settled]
        self.unpaid = [paid for paid in self.settlements if paid.paid_on is None]
        self.change = next((one for one in claim.changes.all() if one.is_open), None)
        self.materials = sorted(claim.materials.all(), key=lambda one: one.pk)
        self.advances = sorted(claim.advances.all(), key=lambda one: one.pk)
        for row in (*self.materials, *self.advances):
            row.claim = claim
        self.unconfirmed_material = [one for one in self.materials if one.is_waiting]
        self.unconfirmed_money = [one for one in self.advances if not one.confirmed_on and not one.reversed_on]
        self.owed = owed(claim)

    @property
    def accepted(self) -> Decimal:
        return sum((one.accepted for one in self.confirmed), Decimal(0))

    @property
    def is_over(self) -> bool:
        return not (
            self.claim.to_send > 0
            or self.unconfirmed
            or self.unsettled
            or self.unpaid
            or self.unconfirmed_money
            or self.owed.remainder
        )

    @property
    def is_gone(self) -> bool:
        """Given back whole."""
        return self.claim.withdrawn == self.claim.quantity

    @property
    def promised(self) -> str:
        """What the maker has in hand or made, in words."""
        return self.words(self.claim.in_hand)

    @property
    def worth(self) -> int:
        """Rupiah for what was accepted so far."""
        return sum(one.amount for one in self.confirmed)

    @property
    def to_be_paid(self) -> int:
        """Rupiah for what is counted and not settled, less what is owed on the sheet."""
        return sum(amount for _one, amount in owing(self.claim, self.owed))

    @property
    def steps(self) -> list[Step]:
        sent, is_sent = self.claim.sent, self.claim.to_send <= 0
        counted = is_sent and not self.unconfirmed
        return [
            Step(
                _("Taken"),
                _("{member}, {quantity} on {day}").format(
                    member=self.maker.name,
                    quantity=self.promised,
                    day=date_format(self.claim.claimed_on, "j F Y"),
                ),
                "done",
            ),
            Step(
                _("Sent"),
                _("{sent} of {all}").format(sent=self.words(sent), all=self.promised)
                if not self.claim.reworked
                else _("{sent} sent for {all}, with what was mended").format(sent=self.words(sent), all=self.promised),
                "done" if is_sent else "current",
            ),
            Step(
                _("Counted by {member}").format(member=self.holder.name),
                _("{accepted} accepted, {rejected} not").format(
                    accepted=self.words(self.accepted), rejected=self.words(self.claim.rejected + self.claim.reworked)
                )
                if self.confirmed
                else "",
                "done" if counted else "current" if self.unconfirmed else "",
            ),
            Step(
                _("Paid to the maker"),
                self._money(),
                "done" if counted and self.is_over else "current" if self.unsettled or self.unpaid else "",
            ),
        ]

    def _money(self) -> str:
        if self.unsettled:
            return _("{holder} owes {amount}").format(holder=self.holder.name, amount=format_rupiah(self.to_be_paid))
        if self.unpaid:
            paid = self.unpaid[0]
            if paid.method == Channel.DIRECT:
                return _("{amount} paid directly; {member} confirms").format(
                    amount=format_rupiah(paid.amount), member=self.maker.name
                )
            return _("{amount} is ready at the cooperative").format(amount=format_rupiah(paid.amount))
        return format_rupiah(sum(paid.amount for paid in self.settlements)) if self.settlements else ""

    def words(self, quantity: Decimal) -> str:
        return f"{format_quantity(quantity)} {self.unit}"

    def next_action(self, user) -> Action | None:
        """The one button this person has now; None where the other side acts."""
        return self.answer(user) or self.main_action(user)

    def second_action(self, user) -> Action | None:
        """The step of the work itself, where something is to be answered first: it is never hidden."""
        return self.main_action(user) if self.answer(user) else None

    def answer(self, user) -> Action | None:
        """What the other side wrote down and this person says yes or no to."""
        is_maker, is_holder = self.maker.user_id == user.pk, self.holder.user_id == user.pk
        if self.change and (is_holder if self.change.proposed_by_maker else is_maker):
            return Action(_("Answer the proposed terms"), reverse("orders:answer-terms", args=[self.change.pk]))
        if self.unconfirmed_material and is_maker:
            return Action(
                _("I have the material"),
                reverse("orders:confirm-material", args=[self.unconfirmed_material[0].pk]),
            )
        mine = [one for one in self.unconfirmed_money if one.taker.user_id == user.pk]
        if mine:
            return Action(_("I have the money"), reverse("orders:confirm-advance", args=[mine[0].pk]))
        return None

    def main_action(self, user) -> Action | None:
        """The step of the work itself: send, count, pay."""
        helps = user.can(Permission.ORDER_FOR_OTHERS)
        is_maker, is_holder = self.maker.user_id == user.pk, self.holder.user_id == user.pk
        pays = user.can(Permission.SETTLEMENT_PAY) and not (is_maker or is_holder)
        if self.unconfirmed and (is_holder or (helps and not is_maker)):
            return Action(_("Count what arrived"), reverse("orders:confirm", args=[self.unconfirmed[0].pk]))
        direct = [paid for paid in self.unpaid if paid.method == Channel.DIRECT]
        if direct and is_maker:
            return Action(_("I have the money"), reverse("orders:pay-out", args=[direct[0].pk]))
        if self.unpaid and not direct and pays:
            return Action(_("Pay out"), reverse("orders:pay-out", args=[self.unpaid[0].pk]))
        if self.unsettled and (is_holder or pays):
            return Action(_("Record the payment"), reverse("orders:settle", args=[self.unsettled[0].pk]))
        if self.claim.to_send > 0 and (is_maker or (helps and not is_holder)):
            return Action(_("Send finished work"), reverse("orders:deliver", args=[self.claim.pk]))
        if self.owed.remainder and (is_maker or pays):
            return Action(_("Pay back"), reverse("orders:pay-back", args=[self.claim.pk]))
        return None

    @property
    def waits_for(self) -> str:
        """Who acts next, for the person who does not."""
        if self.unconfirmed:
            return _("{member} counts what was sent.").format(member=self.holder.name)
        if self.unsettled:
            return _("{member} pays, directly or at the treasurer's.").format(member=self.holder.name)
        if self.unpaid:
            is_direct = self.unpaid[0].method == Channel.DIRECT
            who = self.maker.name if is_direct else _("The treasurer")
            return _("{who} closes the payment.").format(who=who)
        if self.claim.to_send > 0:
            return _("{member} is still making {quantity}.").format(
                member=self.maker.name, quantity=self.words(self.claim.to_send)
            )
        if self.unconfirmed_money:
            return _("{member} says whether the money is there.").format(member=self.unconfirmed_money[0].taker.name)
        if self.owed.remainder:
            return _("{member} pays back {amount}: more was taken ahead than the work was worth.").format(
                member=self.maker.name, amount=format_rupiah(self.owed.remainder)
            )
        return ""


def sheet(journey, user, *, as_of: datetime.date) -> dict:
    """What the page of a handover shows beside the steps, for the side of `user`."""
    claim = journey.claim
    is_maker = journey.maker.user_id == user.pk
    is_holder = journey.holder.user_id == user.pk
    handles_money = user.can(Permission.SETTLEMENT_PAY) and not (is_maker or is_holder)
    acts = user.can(Permission.DELIVERY_RECORD)
    helps = user.can(Permission.ORDER_FOR_OTHERS)

    def may_reverse(paid, is_side) -> bool:
        """Posted money by an officer who is neither side, a mere word by its side or who helps it."""
        return paid.may_be_reversed_by(user) and (handles_money if paid.entry_id else is_side or helps)

    return {
        "reversible": [
            *(
                paid
                for one in journey.deliveries
                for paid in one.settlements.all()
                if may_reverse(paid, is_holder) and not (paid.method == Channel.DIRECT and paid.paid_on)
            ),
            *(
                advance
                for advance in journey.advances
                if may_reverse(advance, user.pk == (advance.taker if advance.confirmed_on else advance.giver).user_id)
            ),
        ],
        "terms": terms_in_words(claim),
        "may_propose": acts and not journey.deliveries and not journey.change and (is_maker or is_holder),
        "may_object": acts and is_maker,
        "may_undo": acts and (is_holder or (helps and not is_maker)),
        "settled": {paid.delivery_id for paid in journey.settlements},
        "may_give": acts and is_holder and claim.to_send > 0,
        "may_pay_ahead": acts and (is_holder or handles_money) and claim.to_send > 0 and may_be_paid_ahead(claim) > 0,
        "waiting_pay": next((one for one in journey.unpaid if is_maker and one.method in POSTED), None),
        "dispute": disputes(claim, as_of=as_of).first(),
        "may_dispute": acts and (is_maker or is_holder),
        "is_maker": is_maker,
        "is_holder": is_holder,
        "handles_money": handles_money,
    }
