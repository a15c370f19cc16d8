"""Counting the cash box: by denomination, with a signed record."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.http import download, page_of, require, submit
from core.money import format_rupiah
from core.permissions import Permission
from ledger import chart
from ledger import queries as ledger
from ledger.models import Unit
from treasury import papers, services
from treasury.arithmetic.cash_count import total
from treasury.forms.cash_count import CashCountForm
from treasury.models import CashCount
from treasury.queries.cash_count import counts


@require(Permission.LEDGER_VIEW)
def cash_counts(request):
    return render(request, "treasury/cash_counts.html", {"page": page_of(request, counts())})


@require(Permission.LEDGER_VIEW)
def cash_count(request, pk):
    return render(
        request, "treasury/cash_count.html", {"count": _count_or_404(pk), "pieces": _pieces(_count_or_404(pk))}
    )


@require(Permission.LEDGER_VIEW)
def cash_count_paper(request, pk):
    found = _count_or_404(pk)
    name = _("cash-count-{unit}-{day}").format(unit=found.unit, day=found.on.isoformat())
    return download(papers.cash_count(found), f"{name}.pdf", inline=True)


@require(Permission.CASH_COUNT)
def count_cash(request):
    """The sheet. «Add up» shows what it makes and how far it is from the books, before it is written down."""
    asked = {
        name: request.GET[name] for name in ("unit", "on") if request.GET.get(name)
    }  # as the close of a month asks
    form = CashCountForm(request.POST or None, initial={"unit": Unit.USP, **asked})
    context = {"form": form}
    if form.is_valid():
        facts = form.facts
        counted, book = total(facts["pieces"]), ledger.account_balance(facts["unit"], chart.CASH, as_of=facts["on"])
        context |= {"counted": counted, "book": book, "difference": counted - book}
        if "keep" in request.POST:
            done = submit(form, services.count_cash, by=request.user, **facts)
            if done:
                said = _("The cash box holds what the books say.")
                if done.difference:
                    said = _("The difference of {amount} is booked.").format(amount=format_rupiah(done.difference))
                messages.success(request, said)
                return redirect("treasury:cash-count", done.pk)
    return render(request, "treasury/count_cash.html", context)


def _pieces(count: CashCount) -> list[tuple[int, int, int]]:
    rows = sorted(((int(value), pieces) for value, pieces in count.pieces.items()), reverse=True)
    return [(value, pieces, value * pieces) for value, pieces in rows]


def _count_or_404(pk) -> CashCount:
    return get_object_or_404(counts(), pk=pk)
