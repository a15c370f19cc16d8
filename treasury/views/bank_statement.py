"""Statements in the browser: importing one, and confirming what its movements are."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.dates import today
from core.errors import Refused
from core.http import require
from core.pages import FormPage, form_page
from core.permissions import Permission
from treasury import services
from treasury.forms.bank_account import StatementForm
from treasury.models import StatementLine
from treasury.views.bank_account import bank_account_or_404
from treasury.views.common import crumbs


@require(Permission.BANK_KEEP)
def import_statement(request, pk):
    found = bank_account_or_404(pk)
    return form_page(
        request,
        StatementForm(request.POST or None, request.FILES or None),
        services.import_statement,
        found,
        on=today(),
        by=request.user,
        page=FormPage(
            title=_("Import a statement"),
            action=_("Import"),
            crumbs=crumbs((str(found), reverse("treasury:bank-account", args=[pk]))),
            lead=_("Nothing is posted by this. What matches the books is proposed, and you confirm it."),
        ),
        done=_("The statement is imported."),
    )


@require(Permission.BANK_KEEP)
@require_POST
def match(request, pk):
    """Confirm the ticked proposals: `pair=<movement>:<line>` for each."""
    found = bank_account_or_404(pk)
    pairs = dict(_pair(each) for each in request.POST.getlist("pair") if _is_pair(each))
    try:
        count = services.confirm_matches(found, pairs=pairs, on=today(), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext("{count} movement is confirmed.", "{count} movements are confirmed.", count)
        messages.success(request, said.format(count=count) if count else _("Nothing was ticked."))
    return redirect("treasury:bank-account", pk)


def _is_pair(written: str) -> bool:
    return all(part.isdigit() for part in written.split(":", 1)) and ":" in written


def _pair(written: str) -> tuple[int, int]:
    movement, line = written.split(":", 1)
    return int(movement), int(line)


@require(Permission.BANK_KEEP)
@require_POST
def unmatch(request, pk):
    row = get_object_or_404(StatementLine.objects.select_related("statement"), pk=pk)
    try:
        services.unmatch(row, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The match is taken back."))
    return redirect("treasury:bank-account", row.statement.bank_account_id)
