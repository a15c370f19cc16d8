"""The loan card of a member: what was paid out, every payment in its parts, and what was owed after it."""

import datetime
from dataclasses import dataclass, field

from loans.models import Loan, Repayment
from members.models import Member


@dataclass(frozen=True)
class CardRow:
    """One line of the card. `paid_out` or `amount` is there, never both; `balance` is the principal owed after it."""

    on: datetime.date
    kind: str
    """`disbursed`, `paid` or `written_off`"""
    receipt: str
    receipt_id: int | None
    through: str
    paid_out: int = 0
    principal: int = 0
    interest: int = 0
    fee: int = 0
    penalty: int = 0
    amount: int = 0
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


def cards(member: Member) -> list[Card]:
    """Every loan that was paid out to a member, the newest first; two queries, however many payments there were."""
    loans = Loan.objects.filter(member=member, disbursed_on__isnull=False).order_by("-disbursed_on", "-pk")
    found = {loan.pk: Card(loan) for loan in loans.select_related("rules__product", "receipt")}
    for card in found.values():
        loan = card.loan
        receipt = loan.receipt.number if loan.receipt else ""
        facts = {"through": loan.get_through_display(), "paid_out": loan.principal, "balance": loan.principal}
        card.rows.append(CardRow(loan.disbursed_on, "disbursed", receipt, loan.receipt_id, **facts))
    payments = Repayment.objects.filter(loan__in=found, reversed_on=None).shown().order_by("valued_on", "pk")
    for paid in payments:
        card, receipt = found[paid.loan_id], paid.original.receipt
        parts = {kind: getattr(paid, kind) for kind in ("principal", "interest", "fee", "penalty", "amount")}
        card.rows.append(
            CardRow(
                paid.valued_on,
                "paid",
                receipt.number if receipt else "",
                receipt and receipt.pk,
                paid.get_through_display(),
                balance=card.balance - paid.principal,
                **parts,
            )
        )
    for card in found.values():
        if card.loan.written_off_on:
            card.rows.append(CardRow(card.loan.written_off_on, "written_off", "", None, "", principal=card.balance))
    return list(found.values())
