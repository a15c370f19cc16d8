"""What comes back of what is lent, and who has to look at it."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import User
from ledger.models import Receipt
from stock.models import StockLoan, StockReturn
from stock.queries.loan import to_confirm


def returns(loan: StockLoan) -> list[StockReturn]:
    """What came back of a loan, oldest first, each with the `receipt` of what was paid at the treasurer's."""
    found = list(loan.returns.order_by("pk"))
    paid = [back.entry_id for back in found if back.entry_id]
    receipts = {one.entry_id: one for one in Receipt.objects.filter(entry__in=paid).select_related("member")}
    for back in found:
        back.receipt = receipts.get(back.entry_id)
    return found


def returns_to_confirm(user: User) -> QuerySet[StockReturn]:
    """What the other side says came back, and this person has to look at."""
    sides = Q(loan__lender__user=user) | Q(loan__borrower__user=user)
    rows = StockReturn.objects.filter(sides, confirmed_on=None, declined_on=None).exclude(way=StockReturn.Way.SAVINGS)
    return (
        rows.exclude(recorded_for__user=user)
        .select_related("recorded_for", "loan__lender", "loan__borrower", "loan__item__base_unit")
        .order_by("on", "pk")
    )


def payments_to_receive() -> QuerySet[StockReturn]:
    """Money for material or goods that members want to pay at the treasurer's."""
    rows = StockReturn.objects.filter(confirmed_on=None, declined_on=None, way=StockReturn.Way.SAVINGS)
    return rows.select_related("loan__lender", "loan__borrower", "loan__item__base_unit").order_by("on", "pk")


def waiting_for(user: User) -> list[tuple[str, str, str]]:
    """What this person's yes is needed for: who asks, for what, and where to say it."""
    return [
        (loan.recorded_for.name, _("recorded lent material"), reverse("stock:confirm", args=[loan.pk]))
        for loan in to_confirm(user)
    ] + [
        (back.recorded_for.name, _("recorded that it came back"), reverse("stock:confirm-return", args=[back.pk]))
        for back in returns_to_confirm(user)
    ]
