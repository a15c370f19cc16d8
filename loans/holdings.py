"""A member's part of the copy of their data: own loans with what was paid, and the loans of others they stand for."""

from loans.models import Guarantor, Loan
from members.models import Member
from members.personal_data import plain


def loans(member: Member) -> list[dict]:
    rows = Loan.objects.filter(member=member).select_related("rules__product").prefetch_related("repayments__receipt")
    return [
        plain(loan, "number", "purpose", "principal", "instalments", "applied_on", "disbursed_on", "settled_on")
        | {"product": str(loan.rules.product)}
        | {
            "repayments": [
                plain(paid, "paid_on", "amount", "through", "receipt", "reversed_on", "reversal_reason")
                for paid in sorted(loan.repayments.all(), key=lambda paid: (paid.paid_on, paid.pk))
            ]
        }
        for loan in rows.order_by("applied_on", "pk")
    ]


def guarantees(member: Member) -> list[dict]:
    rows = Guarantor.objects.filter(member=member).select_related("loan").order_by("pk")
    return [plain(row, "loan", "amount", "consented_on", "declined_on", "ended_on", "ending") for row in rows]
