"""Bank accounts: opening one, the columns of its statements, its reconciliation, closing it."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.dates import today
from core.forms import ConfirmationForm
from core.http import require
from core.pages import FormPage, form_page
from core.permissions import Permission
from ledger import queries as ledger
from treasury import services
from treasury.forms.bank_account import BankAccountForm, MappingForm
from treasury.models import BankAccount
from treasury.queries.bank_statement import proposals, reconciliation, unmatched_lines, unmatched_movements
from treasury.views.common import crumbs


@require(Permission.LEDGER_VIEW)
def bank_account(request, pk):
    found = bank_account_or_404(pk)
    matches = proposals(found, as_of=today())
    proposed = {match.movement.pk for match in matches}, {match.line.pk for match in matches}
    context = {
        "bank": found,
        "balance": ledger.account_balance(found.unit, found.account.code, as_of=today()),
        "statements": found.statements.order_by("-last"),
        "matches": matches,
        "only_bank": [row for row in unmatched_movements(found) if row.pk not in proposed[0]],
        "only_books": [row for row in unmatched_lines(found, as_of=today()) if row.pk not in proposed[1]],
        "reconciliation": reconciliation(found, as_of=today()),
    }
    return render(request, "treasury/bank_account.html", context)


@require(Permission.BANK_KEEP)
def open_bank_account(request):
    return form_page(
        request,
        BankAccountForm(request.POST or None),
        services.open_bank_account,
        by=request.user,
        page=FormPage(
            title=_("Add a bank account"),
            action=_("Add"),
            crumbs=crumbs(),
            lead=_("It gets an account of its own in the books. Payments and statements name it from then on."),
        ),
        done=_("The bank account is in the books."),
        to=lambda bank: reverse("treasury:bank-account", args=[bank.pk]),
    )


@require(Permission.BANK_KEEP)
def set_mapping(request, pk):
    found = bank_account_or_404(pk)
    return form_page(
        request,
        MappingForm(request.POST or None, initial=MappingForm.initial_of(found.mapping)),
        services.set_mapping,
        found,
        by=request.user,
        page=FormPage(
            title=_("Columns of the statement"),
            action=_("Keep"),
            crumbs=crumbs((str(found), reverse("treasury:bank-account", args=[pk]))),
            lead=_("As the headings stand in the CSV file of the bank. MT940 and OFX need none."),
        ),
        done=_("The columns are kept."),
    )


@require(Permission.BANK_KEEP)
def close_bank_account(request, pk):
    found = bank_account_or_404(pk)
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.close_bank_account,
        found,
        on=today(),
        by=request.user,
        page=FormPage(
            title=_("Close the bank account"),
            action=_("Close"),
            crumbs=crumbs((str(found), reverse("treasury:bank-account", args=[pk]))),
            consequences=[_("It is offered no more. Its entries and statements stay.")],
            danger=True,
        ),
        done=_("The bank account is closed."),
    )


def bank_account_or_404(pk) -> BankAccount:
    return get_object_or_404(BankAccount.objects.select_related("account"), pk=pk)
