"""The loan card of a member: what was paid out, every payment in its parts, and what was owed after it.

New terms stand in it with the money they brought, and so do a write-off and what came back afterwards: from then on the
balance is what is still claimed.
"""

import datetime
from dataclasses import dataclass, field, replace

from loans.models import Loan, Recovery, Repayment, Restructuring, WriteOff
from members.models import Member


@dataclass(frozen=True)
class CardRow:
    """One line of the card. `grown` is what the balance is more by, `balance` the principal owed after it."""

    on: datetime.date
    kind: str
    """`disbursed`, `paid`, `new_terms`, `written_off`, `recovered` or `forgiven`"""
    receipt: str = ""
    receipt_id: int | None = None
    through: str = ""
    paid_out: int = 0
    principal: int = 0
    interest: int = 0
    fee: int = 0
    penalty: int = 0
    amount: int = 0
    grown: int = 0
    claim: int | None = None
    """what is claimed from here on, where that is no longer what the books say"""
    balance: int = 0


@dataclass
class Card:
    loan: Loan
    rows: list[CardRow] = field(default_factory=list)

    @property
    def balance(self) -> int:
        return self.rows[-1].balance if self.rows else 0

    def sum(self, part: str) -> int:
        return sum(getattr(row, part) for row in self.rows)

    @property
    def sums(self) -> dict[str, int]:
        return {part: self.sum(part) for part in ("paid_out", "principal", "interest", "fee", "penalty", "amount")}


ORDER = ("disbursed", "paid", "new_terms", "written_off", "recovered", "forgiven")
"""What comes first of what happened on one day."""


def cards(member: Member) -> list[Card]:
    """Every loan that was paid out to a member, the newest first; five queries, however many payments there were."""
    loans = Loan.objects.filter(member=member, disbursed_on__isnull=False).order_by("-disbursed_on", "-pk")
    found = {loan.pk: Card(loan, [_disbursed(loan)]) for loan in loans.select_related("rules__product", "receipt")}
    payments = Repayment.objects.filter(loan__in=found).unreversed().shown().order_by("valued_on", "pk")
    new_terms = Restructuring.objects.filter(loan__in=found, done_on__isnull=False).select_related("receipt")
    given_up = WriteOff.objects.filter(loan__in=found, done_on__isnull=False)
    came_back = Recovery.objects.filter(loan__in=found).unreversed().select_related("receipt").order_by("pk")
    for rows, line in (
        (payments, _paid),
        (new_terms, _new_terms),
        (given_up, _given_up),
        (came_back, _recovered),
    ):
        for row in rows:
            found[row.loan_id].rows.append(line(row))
    for card in found.values():
        _balance(card)
    return list(found.values())


def _balance(card: Card) -> None:
    rows, balance = sorted(card.rows, key=lambda row: (row.on, ORDER.index(row.kind))), 0
    for index, row in enumerate(rows):
        came_back = row.amount if row.kind == "recovered" else row.principal
        balance = balance + row.grown - came_back if row.claim is None else row.claim
        rows[index] = replace(row, balance=balance)
    card.rows = rows


def _receipt(receipt) -> dict:
    return {"receipt": receipt.number, "receipt_id": receipt.pk} if receipt else {}


def _disbursed(loan: Loan) -> CardRow:
    facts = {"through": loan.get_through_display(), "paid_out": loan.principal, "grown": loan.principal}
    return CardRow(loan.disbursed_on, "disbursed", **_receipt(loan.receipt), **facts)


def _paid(paid: Repayment) -> CardRow:
    parts = {kind: getattr(paid, kind) for kind in ("principal", "interest", "fee", "penalty", "amount")}
    facts = _receipt(paid.original.receipt) | parts
    return CardRow(paid.valued_on, "paid", through=paid.get_through_display(), **facts)


def _new_terms(terms: Restructuring) -> CardRow:
    grown = terms.added + terms.interest_carried
    facts = {"through": terms.get_kind_display(), "paid_out": terms.added, "grown": grown}
    return CardRow(terms.done_on, "new_terms", **_receipt(terms.receipt), **facts)


def _given_up(given_up: WriteOff) -> CardRow:
    if given_up.kind == WriteOff.Kind.CLAIM:
        return CardRow(given_up.done_on, "forgiven", claim=0)
    return CardRow(given_up.done_on, "written_off", claim=given_up.claim)


def _recovered(came: Recovery) -> CardRow:
    facts = {"through": came.get_through_display(), "amount": came.amount}
    return CardRow(came.received_on, "recovered", **_receipt(came.receipt), **facts)
