"""All loans, those in arrears, and one's own."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.dates import today
from core.http import export, page_of, require
from core.notices import whatsapp
from core.permissions import Permission
from loans import guarantees, papers, queries
from loans.arrears import Arrears
from loans.forms import (
    AsOfForm,
    LoanFilter,
)
from loans.models import Loan
from members.models import Member


@require(Permission.LOAN_LIST)
def loans(request):
    rows = queries.with_outstanding(Loan.objects.visible_to(request.user), as_of=today())
    found = LoanFilter(request.GET, queryset=rows.order_by("-applied_on", "-pk"))
    page = page_of(request, found.qs.select_related("member", "rules__product"))
    late = {row.loan_id: row for row in queries.arrears(as_of=today(), loans=[loan.pk for loan in page])}
    for loan in page:
        loan.late = late.get(loan.pk)
    late_in_all = len(Arrears(as_of=today()))
    context = {"filter": found, "page": page, "totals": queries.totals(found.qs), "late": late_in_all}
    return render(request, "loans/list.html", context)


@require(Permission.LOAN_LIST)
def arrears(request):
    form = AsOfForm.asked(request.GET)
    rows = Arrears(as_of=form.day)
    page = page_of(request, rows)
    page.object_list = [(row, whatsapp(row.phone, papers.reminder(row)) if row.phone else "") for row in page]
    context = {"form": form, "as_of": form.day, "page": page, "sums": rows.sums}
    return render(request, "loans/arrears.html", context)


@require(Permission.LOAN_LIST)
def arrears_export(request):
    day = AsOfForm.asked(request.GET).day
    return export(_("arrears"), papers.arrears_sheet(queries.arrears(as_of=day), on=day), on=day)


@require(Permission.LOAN_VIEW)
def mine(request):
    """What one owes, when, and who needs one's yes."""
    member = Member.objects.filter(user=request.user).first()
    if member is None:
        return redirect("loans:list")
    context = {
        "member": member,
        "due": queries.next_due(member, as_of=today()),
        "loans": Loan.objects.filter(member=member).select_related("rules__product").order_by("-applied_on", "-pk"),
        "guarantees": guarantees.unanswered_guarantees(member),
        "asked_again": guarantees.unanswered_again(member),
        "backed": guarantees.standing_for(member, as_of=today()),
        "promised": guarantees.guaranteed(member, as_of=today()),
    }
    return render(request, "loans/mine.html", context)
