"""Term savings in the browser: opened at the counter, watched on the telephone, ended by the rules."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core import audit
from core.dates import add_months, today
from core.http import export, page_of, require, submit
from core.money import format_rupiah
from core.permissions import Permission
from savings import papers, queries, services
from savings.forms.term_deposit import BreakForm, OpenTermForm, RenewalForm, TermFilter, UndoForm
from savings.models import TermDeposit
from savings.views.common import member_or_404


def _list(request):
    rows = TermDeposit.objects.visible_to(request.user).select_related("member", "rules")
    return TermFilter(request.GET, queryset=rows.order_by("matures_on", "pk"))


@require(Permission.SAVINGS_LIST)
def index(request):
    found = _list(request)
    running = queries.running_sum(found.qs, as_of=today())
    context = {
        "filter": found,
        "page": page_of(request, found.qs),
        "running": running,
        "offers": queries.terms_on_offer(as_of=today()),
        "soon": add_months(today(), 1),
    }
    return render(request, "savings/term_deposit/list.html", context)


@require(Permission.SAVINGS_LIST)
def index_export(request):
    return export(_("term savings"), papers.term_deposits_sheet(_list(request).qs, on=today()), on=today())


@require(Permission.SAVINGS_DEPOSIT)
def open_term_deposit(request, pk):
    member = member_or_404(request, pk)
    offers = queries.terms_on_offer(as_of=today())
    form = OpenTermForm(request.POST or None, offers=offers)
    if form.is_valid() and (made := submit(form, services.open_term_deposit, member, by=request.user, **form.facts)):
        messages.success(request, _("Term savings {number} are opened. Print the certificate.").format(number=made))
        return redirect("savings:term-deposit", made.pk)
    context = {"member": member, "form": form, "offers": offers, "balances": queries.balances(member, as_of=today())}
    return render(request, "savings/open_term.html", context)


@require(Permission.SAVINGS_VIEW)
def detail(request, pk):
    deposit = _found(request, pk)
    context = {
        "deposit": deposit,
        "at_the_end": deposit.earned(until=deposit.matures_on),
        "paid": queries.term_interest_paid(deposit),
        "movements": deposit.movements.select_related("receipt").order_by("on", "pk"),
        "may_break": not deposit.closed_on
        and deposit.matures_on > today()
        and deposit.member.user_id != request.user.pk,
        "may_undo": not deposit.closed_on and not deposit.renews_id and deposit.opened_by_id != request.user.pk,
        "events": audit.trail(deposit, reader=request.user),
    }
    return render(request, "savings/term_deposit/detail.html", context)


@require(Permission.SAVINGS_VIEW)
def paper(request, pk):
    return papers.certificate_response(_found(request, pk), on=today())


@require(Permission.SAVINGS_ASK)
def choose_renewal(request, pk):
    deposit = _found(request, pk)
    form = RenewalForm(request.POST or None, initial={"renewal": deposit.renewal})
    if form.is_valid() and submit(form, services.choose_renewal, deposit, by=request.user, **form.facts):
        messages.success(request, _("The choice for the end of the term is saved."))
        return redirect("savings:term-deposit", pk)
    return render(request, "savings/choose_renewal.html", {"deposit": deposit, "form": form})


@require(Permission.SAVINGS_WITHDRAW)
def break_term_deposit(request, pk):
    deposit = _found(request, pk)
    form = BreakForm(request.POST or None)
    if form.is_valid() and (submit(form, services.break_term_deposit, deposit, by=request.user, **form.facts)):
        messages.success(request, _("Term savings {number} are ended.").format(number=deposit))
        return redirect("savings:term-deposit", pk)
    quote = queries.break_quote(deposit, on=min(max(today(), deposit.opened_on), deposit.matures_on))
    consequences = [_("{amount} of the deposit is paid back.").format(amount=format_rupiah(quote.paid_out))]
    if quote.penalty:
        consequences.append(
            _("{amount} is kept as the penalty of the rules.").format(amount=format_rupiah(quote.penalty))
        )
    if quote.interest:
        consequences.append(
            _("{amount} of interest goes into the voluntary savings, less {tax} of tax.").format(
                amount=format_rupiah(quote.interest), tax=format_rupiah(quote.tax)
            )
        )
    if quote.forfeited:
        consequences.append(_("{amount} of interest is lost.").format(amount=format_rupiah(quote.forfeited)))
    return render(request, "savings/break_term.html", {"deposit": deposit, "form": form, "consequences": consequences})


@require(Permission.SAVINGS_REVERSE)
def undo_term_deposit(request, pk):
    deposit = _found(request, pk)
    form = UndoForm(request.POST or None)
    if form.is_valid() and submit(form, services.undo_term_deposit, deposit, by=request.user, **form.facts):
        messages.success(request, _("The opening is undone. Both bookings stay in the passbook."))
        return redirect("savings:passbook", deposit.member_id)
    return render(request, "savings/undo_term.html", {"deposit": deposit, "form": form})


def _found(request, pk) -> TermDeposit:
    rows = TermDeposit.objects.visible_to(request.user).select_related(
        "member", "rules__decided_in", "opened_by", "renews", "renewed_as"
    )
    return get_object_or_404(rows, pk=pk)
