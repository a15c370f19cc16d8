"""Term savings in the browser: opened at the counter, watched on the telephone, ended by the rules."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import audit
from core.dates import add_months, today
from core.forms import ReversalForm
from core.http import export, page_of, require
from core.money import format_rupiah
from core.pages import FormPage, Unavailable, form_page
from core.permissions import Permission
from savings import papers, queries, services
from savings.forms.term_deposit import BreakForm, OpenForm, RenewalForm, TermDepositFilter
from savings.models import TermDeposit
from savings.views.common import member_or_404, passbook_crumbs, waits


def _crumbs(request, deposit):
    return passbook_crumbs(request, deposit.member, (deposit.number, "savings:term-deposit", deposit.pk))


def _list(request):
    rows = TermDeposit.objects.visible_to(request.user).select_related("member", "rules")
    return TermDepositFilter(request.GET, queryset=rows.order_by("matures_on", "pk"))


@require(Permission.SAVINGS_LIST)
def index(request):
    found = _list(request)
    context = {
        "filter": found,
        "page": page_of(request, found.qs),
        "running": queries.running_sum(found.qs, as_of=today()),
        "offers": queries.terms_on_offer(as_of=today()),
        "soon": add_months(today(), 1),
    }
    return render(request, "savings/term_deposit/list.html", context)


@require(Permission.SAVINGS_LIST)
def index_export(request):
    return export(_("term savings"), papers.term_deposits_sheet(_list(request).qs, on=today()), on=today())


@require(Permission.SAVINGS_DEPOSIT)
def open_term_deposit(request, pk):
    member, offers = member_or_404(request, pk), queries.terms_on_offer(as_of=today())
    without_rules = Unavailable(
        _("No rules for term savings are in force yet. The chair must put them in force first."),
        (_("Rules in force"), reverse("governance:rules")),
    )
    return form_page(
        request,
        OpenForm(request.POST or None, offers=offers),
        services.receive_term_deposit,
        member,
        by=request.user,
        page=lambda: FormPage(
            title=_("Open term savings"),
            lead=_("For {member}. The certificate is ready to print at once.").format(member=member),
            unavailable=None if offers else without_rules,
            crumbs=passbook_crumbs(request, member),
            aside="savings/balance/_balances.html",
            context={"balances": queries.balances(member, as_of=today())},
        ),
        done=lambda made: (
            waits(made) or _("Term savings {number} are opened. Print the certificate.").format(number=made)
        ),
        to=lambda made: reverse("treasury:request" if waits(made) else "savings:term-deposit", args=[made.pk]),
    )


@require(Permission.SAVINGS_VIEW)
def detail(request, pk):
    deposit = _found(request, pk)
    context = {
        "deposit": deposit,
        "at_the_end": deposit.earned(until=deposit.matures_on),
        "paid": queries.term_interest_paid(deposit),
        "movements": deposit.movements.select_related("receipt").order_by("on", "pk"),
        "actions": queries.term_deposit_actions(deposit, user=request.user, as_of=today()),
        "events": audit.trail(deposit, reader=request.user),
    }
    return render(request, "savings/term_deposit/detail.html", context)


@require(Permission.SAVINGS_VIEW)
def paper(request, pk):
    return papers.certificate_response(_found(request, pk), on=today())


@require(Permission.SAVINGS_ASK)
def choose_renewal(request, pk):
    deposit = _found(request, pk)
    return form_page(
        request,
        RenewalForm(request.POST or None, initial={"renewal": deposit.renewal}),
        services.choose_renewal,
        deposit,
        by=request.user,
        page=FormPage(
            title=_("At the end of the term"),
            action=_("Save the choice"),
            lead=_("{number} ends on {day}. Until then the choice can be changed.").format(
                number=deposit.number, day=date_format(deposit.matures_on, "j F Y")
            ),
            crumbs=_crumbs(request, deposit),
        ),
        done=_("The choice for the end of the term is saved."),
    )


@require(Permission.SAVINGS_WITHDRAW)
def break_term_deposit(request, pk):
    deposit = _found(request, pk)
    return form_page(
        request,
        BreakForm(request.POST or None),
        services.pay_out_term_deposit,
        deposit,
        by=request.user,
        page=lambda: FormPage(
            title=_("Break early"),
            action=_("Break the term"),
            amount=deposit.amount,
            consequences=_consequences(
                queries.break_quote(deposit, on=min(max(today(), deposit.opened_on), deposit.matures_on))
            ),
            danger=True,
            crumbs=_crumbs(request, deposit),
        ),
        done=lambda made: waits(made) or _("Term savings {number} are ended.").format(number=deposit),
    )


@require(Permission.SAVINGS_REVERSE)
def undo_term_deposit(request, pk):
    deposit = _found(request, pk)
    return form_page(
        request,
        ReversalForm(request.POST or None),
        services.undo_term_deposit,
        deposit,
        by=request.user,
        page=FormPage(
            title=_("Undo the opening"), amount=deposit.amount, danger=True, crumbs=_crumbs(request, deposit)
        ),
        done=_("The opening is undone. Both bookings stay in the passbook."),
        to=reverse("savings:passbook", args=[deposit.member_id]),
    )


def _consequences(quote: queries.BreakQuote) -> list[str]:
    sentences = [
        (quote.paid_out, _("{amount} of the deposit is paid back.")),
        (quote.penalty, _("{amount} is kept as the penalty of the rules.")),
        (quote.interest, _("{amount} of interest goes into the voluntary savings, less {tax} of tax.")),
        (quote.forfeited, _("{amount} of interest is lost.")),
    ]
    tax = format_rupiah(quote.tax)
    return [sentence.format(amount=format_rupiah(amount), tax=tax) for amount, sentence in sentences if amount]


def _found(request, pk) -> TermDeposit:
    rows = TermDeposit.objects.visible_to(request.user).select_related(
        "member", "rules__decided_in", "opened_by", "renews", "renewed_as"
    )
    return get_object_or_404(rows, pk=pk)
