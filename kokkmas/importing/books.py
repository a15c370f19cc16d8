"""Carrying the old books over, all or nothing: every refusal is collected with its sheet and line."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import Refused
from core.models import User
from core.money import format_rupiah
from kokkmas.importing.workbook import REFUSED, Row
from ledger import chart, queries
from ledger import services as ledger
from ledger.models import Period, Unit
from ledger.services import credit, debit
from loans import services as loans
from loans.models import LoanProduct
from members import services as members
from members.models import Member, Product
from pricing import services as pricing
from pricing.models import Item
from pricing.models import Unit as Measure
from savings import services as savings

BOOKED_BY_ROOMS = {
    chart.PRINCIPAL_SAVINGS,
    chart.MANDATORY_SAVINGS,
    chart.VOLUNTARY_SAVINGS,
    chart.LOANS_RECEIVABLE,
    chart.OPENING_BALANCES,
}
"""What the sheets of savings and loans post already, and the account everything is posted against."""


@dataclass(frozen=True)
class Officers:
    """Who carries over: the treasurer writes, the chair agrees, the secretary keeps register and prices."""

    treasurer: User
    chair: User
    secretary: User


@dataclass
class Outcome:
    """How many rows of each sheet were carried over, and a sentence for every row that was not."""

    counts: Counter = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)


class NotCarried(Exception):
    """Undoes everything: a row was refused, or it was only a trial."""


class RowRefused(Refused):
    pass


def carry_over(rows: Iterable[Row], *, on: datetime.date, officers: Officers, dry_run: bool = False) -> Outcome:
    """Carry over every row as at the end of `on`. A refused row, or `dry_run`, leaves nothing behind."""
    outcome = Outcome()
    try:
        with transaction.atomic():
            _begin(on, officers, outcome)
            drafted = {}
            for row in rows:
                _one(row, outcome, lambda row: WRITERS[row.sheet](row, on, officers, drafted))
            if drafted and not outcome.refused:
                _draft_prices(drafted, on, officers)
            if not outcome.refused:
                _refuse_what_does_not_balance(on, outcome)
            if outcome.refused or dry_run:
                raise NotCarried
    except NotCarried:
        pass
    return outcome


def _begin(on: datetime.date, officers: Officers, outcome: Outcome) -> None:
    if Member.objects.exists():
        outcome.refused.append(_("These books have members already. Import into empty books."))
        raise NotCarried
    for unit in Unit.values:
        if not Period.objects.filter(unit=unit, month=on.replace(day=1)).exists():
            ledger.open_year(unit, on.year, by=officers.treasurer)


def _one(row: Row, outcome: Outcome, write: Callable[[Row], None]) -> None:
    problem = row.problem
    if not problem:
        try:
            with transaction.atomic():
                write(row)
        except Refused as refusal:
            problem = str(refusal)
    if problem:
        outcome.refused.append(str(REFUSED).format(sheet=row.sheet, line=row.line, problem=problem))
    else:
        outcome.counts[row.sheet] += 1


# -- one row of each sheet -------------------------------------------------------------------------------------------


def _member(row: Row, on, officers, _drafted) -> None:
    facts = dict(row.values)
    number, entered_on = facts.pop("number"), facts.pop("entered_on")
    business, products = facts.pop("business"), facts.pop("products")
    if entered_on > on:
        raise RowRefused(_("joined after the day of the import"))
    member = members.apply(
        on=entered_on, by=officers.secretary, **{name: value for name, value in facts.items() if value is not None}
    )
    members.admit(member, on=entered_on, by=officers.chair)
    member = members.enter(member, on=entered_on, by=officers.secretary)
    if member.number != number:
        raise RowRefused(
            _("the next number of the register is {next}; list the members in order, without gaps").format(
                next=member.number
            )
        )
    if business:
        members.set_business(
            member, name=business, address=member.address, products=_products(products), by=officers.secretary
        )


def _products(words: str | None) -> list[str]:
    known = {str(label).lower(): value for value, label in Product.choices}
    found = []
    for word in filter(None, (word.strip().lower() for word in (words or "").split(","))):
        if word not in known:
            raise RowRefused(
                _("“{word}” is not a known product; the known ones are {known}").format(
                    word=word, known=", ".join(known)
                )
            )
        found.append(known[word])
    return found


def _savings(row: Row, on, officers, _drafted) -> None:
    facts = dict(row.values)
    savings.carry_over(_numbered(facts.pop("number")), on=on, by=officers.treasurer, **facts)


def _loan(row: Row, on, officers, _drafted) -> None:
    facts = dict(row.values)
    product = LoanProduct.objects.filter(code=facts.pop("product")).first()
    if product is None:
        codes = ", ".join(LoanProduct.objects.order_by("code").values_list("code", flat=True))
        raise RowRefused(_("there is no such loan product; the known ones are {codes}").format(codes=codes or "–"))
    loans.carry_over(
        _numbered(facts.pop("number")),
        product=product,
        on=on,
        approved_by=officers.chair,
        by=officers.treasurer,
        **facts,
    )


def _price(row: Row, on, officers, drafted) -> None:
    facts = row.values
    unit = Measure.objects.filter(name__iexact=facts["unit"]).first()
    if unit is None:
        raise RowRefused(_("there is no unit of measure “{name}”").format(name=facts["unit"]))
    if not facts["price"]:
        raise RowRefused(_("the price must be more than zero"))
    item = pricing.add_item(
        code=facts["code"], name=facts["name"], kind=Item.Kind.PRODUCT, base_unit=unit, by=officers.secretary
    )
    drafted[item] = facts["price"]


def _opening(row: Row, on, officers, _drafted) -> None:
    unit, account = row.values["unit"].lower(), row.values["code"]
    amount = (row.values["debit"] or 0) - (row.values["credit"] or 0)
    if unit not in Unit.values:
        raise RowRefused(_("the unit is usp or umum"))
    if account not in chart.SIDES:
        raise RowRefused(_("there is no account {code}").format(code=account))
    if account in BOOKED_BY_ROOMS:
        raise RowRefused(_("{code} is filled by the sheets of savings and loans").format(code=account))
    if account in chart.KEPT_PER_MEMBER:
        raise RowRefused(_("{code} is kept per member; settle it before the import").format(code=account))
    if not amount:
        raise RowRefused(_("debit and credit are both empty or equal"))
    sides = (debit, credit) if amount > 0 else (credit, debit)
    ledger.post_entry(
        unit=unit,
        on=on,
        reference=f"opening:{unit}:{account}",
        memo=_("Opening balance from the previous books"),
        lines=[sides[0](account, abs(amount)), sides[1](chart.OPENING_BALANCES, abs(amount))],
        by=officers.treasurer,
    )


WRITERS = {
    "Anggota": _member,
    "Simpanan": _savings,
    "Pinjaman": _loan,
    "Harga": _price,
    "Saldo awal": _opening,
}


def _numbered(number: int) -> Member:
    member = Member.objects.filter(number=number).first()
    if member is None:
        raise RowRefused(_("there is no member {number} on the sheet of members").format(number=number))
    return member


# -- the whole -------------------------------------------------------------------------------------------------------


def _draft_prices(amounts: dict[Item, int], on: datetime.date, officers: Officers) -> None:
    """Leave the prices as a draft: a list governs only when the meeting has decided it."""
    draft = pricing.draft_list(on=on, by=officers.secretary)
    pricing.set_prices(draft, amounts=amounts, version=draft.version, by=officers.secretary)


def _refuse_what_does_not_balance(on: datetime.date, outcome: Outcome) -> None:
    """Old books that balance leave nothing on the opening account."""
    for unit in Unit:
        rest = queries.account_balance(unit, chart.OPENING_BALANCES, as_of=on)
        if rest:
            outcome.refused.append(
                _(
                    "The balances of {unit} do not balance: {amount} is missing on the {side} side. "
                    "Compare the sheets with the last trial balance of the old books."
                ).format(
                    unit=unit.label,
                    amount=format_rupiah(abs(rest)),
                    side=_("credit") if rest > 0 else _("debit"),
                )
            )
