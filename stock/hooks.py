"""What the stock tells rooms below (`core.hooks`): which lent material is due back, and the page of an entry."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from core.dates import long_date
from governance.arrears import Due
from ledger.models import Entry
from stock import queries
from stock.models import StockLoan, StockReturn
from stock.notifications import counted


def owed(*, as_of: datetime.date, until: datetime.date) -> Iterator[Due]:
    """Every loan of material or goods that must be back by `until`, on the day that counts today."""
    for row in queries.outlooks(StockLoan.objects.running(as_of=as_of), as_of=as_of):
        if row.return_on <= until:
            loan = row.loan
            yield Due(
                member_id=loan.borrower_id,
                subject=f"material:{loan.pk}",
                title=_("{item} lent by {lender} on {day}").format(
                    item=loan.item, lender=loan.lender.name, day=long_date(loan.handed_on)
                ),
                amount=counted(row.out, loan.item),
                due_on=row.return_on,
                url=reverse("stock:loan", args=[loan.pk]),
            )


def page_of_purchase(entry: Entry) -> str:
    """The joint purchase of `joint:<purchase>:…`, where its steps and payments are reversed."""
    return reverse("stock:purchase", args=[entry.reference.split(":")[1]])


def page_of_loan(entry: Entry) -> str:
    """The loan of `lending:<return>:paid`."""
    back = StockReturn.objects.get(pk=entry.reference.split(":")[1])
    return reverse("stock:loan", args=[back.loan_id])
