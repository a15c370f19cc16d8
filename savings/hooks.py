"""Answers to rooms below (`core.hooks`): a member's part of the data copy, pages of entries, effects of new rules."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from core.money import format_rupiah
from governance.effects import Effect
from ledger.models import Entry
from members.models import Member
from members.personal_data import plain
from savings.models import Movement, SavingsRules, StandingOrder, TermDeposit
from savings.queries import with_balances


def savings(member: Member) -> list[dict]:
    rows = Movement.objects.filter(member=member).select_related("receipt").order_by("on", "pk")
    return [plain(row, "on", "kind", "direction", "purpose", "amount", "receipt") for row in rows]


def term_deposits(member: Member) -> list[dict]:
    rows = TermDeposit.objects.filter(member=member).order_by("opened_on", "pk")
    return [plain(row, "number", "amount", "opened_on", "matures_on", "renewal", "closed_on", "ending") for row in rows]


def standing_orders(member: Member) -> list[dict]:
    rows = StandingOrder.objects.filter(member=member).order_by("given_on", "pk")
    return [plain(row, "purpose", "day_of_month", "given_on", "ended_on") for row in rows]


def page_of_movement(entry: Entry) -> str:
    """The passbook, where the movement stands with its reversal (`entries.savings`)."""
    member = Movement.objects.filter(entry=entry).values_list("member", flat=True).first()
    return member and reverse("savings:passbook", args=[member])


def page_of_interest(entry: Entry) -> str:
    """The interest of the month for everybody and the tax withheld (`entries.interest`, `entries.savings-tax`)."""
    return reverse("savings:interest", args=[entry.reference.split(":")[1]])


def page_of_term_deposit(entry: Entry) -> str:
    """The deposit that the entry opened, renewed or ended (`entries.term`)."""
    return reverse("savings:term-deposit", args=[int(entry.reference.split(":")[1])])


def of_savings_rules(proposed: SavingsRules, current: SavingsRules | None, *, as_of: datetime.date) -> list[Effect]:
    """Passbooks below the new least balance, and what every member would pay more or less a month."""
    members = Member.objects.entered(as_of=as_of)
    count = members.count()
    rows = with_balances(members, as_of=as_of)
    found = [
        Effect(
            _("Members with less than {amount} of voluntary savings").format(
                amount=format_rupiah(proposed.minimum_voluntary_balance)
            ),
            rows.filter(voluntary__lt=proposed.minimum_voluntary_balance).count(),
            count,
            _("They could not withdraw anything until they have more."),
        )
    ]
    difference = proposed.mandatory_amount - current.mandatory_amount if current else 0
    if difference:
        note = _("{amount} more a month each") if difference > 0 else _("{amount} less a month each")
        found.append(
            Effect(
                _("Members whose mandatory savings change"),
                count,
                count,
                note.format(amount=format_rupiah(abs(difference))),
            )
        )
    return found
