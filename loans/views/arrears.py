"""Loans in arrears."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from core.http import export, page_of, require
from core.notices import whatsapp
from core.permissions import Permission
from loans import queries
from loans.forms.common import AsOfForm
from loans.papers.arrears import arrears_sheet, reminder
from loans.queries import Arrears


@require(Permission.LOAN_LIST)
def arrears(request):
    form = AsOfForm.asked(request.GET)
    rows = Arrears(as_of=form.day)
    page = page_of(request, rows)
    page.object_list = [(row, whatsapp(row.phone, reminder(row)) if row.phone else "") for row in page]
    context = {"form": form, "as_of": form.day, "page": page, "sums": rows.sums}
    return render(request, "loans/arrears/list.html", context)


@require(Permission.LOAN_LIST)
def arrears_export(request):
    day = AsOfForm.asked(request.GET).day
    return export(_("arrears"), arrears_sheet(queries.arrears(as_of=day), on=day), on=day)
