"""Receiving what comes back, and reversing it."""

from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.dates import today
from core.forms import ReversalForm
from core.http import require
from core.money import format_rupiah
from core.pages import FormPage, form_page
from core.permissions import Permission
from loans import queries, services
from loans.arithmetic.overpayment import OverPayment
from loans.forms.repayment import PayOffForm, RepaymentForm
from loans.models import Loan, Repayment
from loans.views.common import crumbs, found, with_receipt


def received(repayment):
    sentence = _("{amount} received.").format(amount=format_rupiah(repayment.amount))
    return with_receipt(sentence, repayment.receipt)


@require(Permission.LOAN_REPAY)
def repay(request, pk):
    loan = found(request, pk)
    position = queries.position(loan, as_of=today())
    form = RepaymentForm(request.POST or None, initial={"amount": position.due or None})
    page = FormPage(
        title=_("Receive a payment"),
        action=_("Receive the payment"),
        crumbs=crumbs(request, loan),
        lead=_("From {name} for loan {number}. A receipt is made at once.").format(
            name=loan.member.name, number=loan.number
        )
        + " "
        + _("The oldest instalment is settled first; within it: {order}.").format(
            order=loan.rules.get_allocation_order_display()
        ),
        facts=_facts(position),
        consequences=_ahead(loan) if loan.state == Loan.State.RUNNING else (),
    )
    return form_page(request, form, services.repay, loan, by=request.user, page=page, done=received)


def _facts(position):
    due = format_rupiah(position.due) if position.due else _("Nothing is due today.")
    if position.days_late:
        due += ", " + _("{days} days late").format(days=position.days_late)
    facts = [(_("Due now"), due)]
    if any(row.penalty for row in position.due_rows):
        penalty = sum(row.penalty for row in position.due_rows)
        facts.append((_("of it penalty until today"), format_rupiah(penalty)))
    if position.coming:
        facts.append(
            (
                _("Next instalment"),
                f"{format_rupiah(position.coming.owed)}, {date_format(position.coming.due_on, 'j F Y')}",
            )
        )
    return [*facts, (_("Owed in all"), format_rupiah(position.total))]


def _ahead(loan):
    """What becomes of money beyond what is due, said before it is received."""
    ahead = queries.ahead(loan, on=today())
    words = {"running": format_rupiah(ahead.running), "limit": format_rupiah(ahead.limit)}
    sentences = []
    if ahead.running and ahead.rule != OverPayment.NEXT:
        words["day"] = date_format(ahead.due_on, "j F Y")
        sentences.append(_("Money beyond what is due first pays the instalment of {day}, {running}.").format(**words))
    return [*sentences, (BEYOND if ahead.limit else AT_ONCE)[ahead.rule].format(**words)]


BEYOND = {
    OverPayment.NEXT: gettext_lazy("Money beyond what is due pays the next instalments; the loan is not shortened."),
    OverPayment.FEWER: gettext_lazy(
        "Money beyond {limit} lowers the principal: fewer instalments of the same amount, so the loan ends earlier."
    ),
    OverPayment.SMALLER: gettext_lazy(
        "Money beyond {limit} lowers the principal: as many instalments as before, and smaller ones."
    ),
    OverPayment.REFUSE: gettext_lazy("More than {limit} is not accepted; the loan can be closed."),
}


AT_ONCE = {
    OverPayment.NEXT: BEYOND[OverPayment.NEXT],
    OverPayment.FEWER: gettext_lazy(
        "Money paid now lowers the principal: fewer instalments of the same amount, so the loan ends earlier."
    ),
    OverPayment.SMALLER: gettext_lazy(
        "Money paid now lowers the principal: as many instalments as before, and smaller ones."
    ),
    OverPayment.REFUSE: gettext_lazy("Nothing is accepted before it is due; the loan can be closed."),
}
"""The same where the running instalment is paid and nothing is due."""


@require(Permission.LOAN_REPAY)
def pay_off(request, pk):
    """What closes the loan today, shown before it is received."""
    loan = found(request, pk)
    form = PayOffForm(request.POST or None)
    return form_page(
        request,
        form,
        services.pay_off,
        loan,
        on=today(),
        by=request.user,
        page=lambda: _closing(request, loan),
        done=lambda paid: with_receipt(
            _("{amount} received. The loan is paid off.").format(amount=format_rupiah(paid.amount)), paid.receipt
        ),
    )


def _closing(request, loan):
    page = {
        "title": _("Close the loan of {name}").format(name=loan.member.name),
        "action": _("Receive it and close the loan"),
        "crumbs": crumbs(request, loan),
    }
    if loan.state != Loan.State.RUNNING:
        return FormPage(
            lead=_("This loan is {state}; there is nothing to close.").format(state=loan.state_label), **page
        )
    closing = queries.to_close(loan, on=today())
    sums = {name: format_rupiah(getattr(closing, name)) for name in ("principal", "interest", "penalty")}
    consequences = [_("Principal {principal}, interest {interest}, penalty {penalty}.").format(**sums)]
    if closing.fee:
        consequences.append(_("Administration {fee}.").format(fee=format_rupiah(closing.fee)))
    if closing.spared:
        spared = _("Closing today spares {amount} of interest and administration still to come.")
        consequences.append(spared.format(amount=format_rupiah(closing.spared)))
    consequences.append(_("By the rules of this loan: {rule}.").format(rule=loan.rules.get_early_payoff_display()))
    return FormPage(amount=closing.total, consequences=consequences, **page)


@require(Permission.LOAN_REVERSE)
def reverse_repayment(request, pk):
    repayments = Repayment.objects.filter(loan__in=Loan.objects.visible_to(request.user))
    repayment = get_object_or_404(repayments.select_related("loan__member", "receipt", "replays__receipt"), pk=pk)
    loan, receipt = repayment.loan, repayment.original.receipt
    facts = {"name": loan.member.name, "day": date_format(repayment.valued_on, "j F Y")}
    came = (
        _("Received from {name} on {day}, receipt {number}.").format(number=receipt.number, **facts)
        if receipt
        else _("Received from {name} on {day}, {way}. It goes back there.").format(
            way=repayment.get_through_display(), **facts
        )
    )
    page = FormPage(
        title=_("Reverse a payment"),
        action=_("Reverse the payment"),
        crumbs=crumbs(request, loan),
        amount=repayment.amount,
        consequences=[
            came,
            _(
                "The debt is as if it had not come; both entries stay in the journal. Later payments are worked out "
                "anew, their receipts stay valid."
            ),
        ],
        danger=True,
    )
    form = ReversalForm(request.POST or None)
    done = _("The payment is reversed. Both entries stay in the journal.")
    return form_page(request, form, services.reverse_repayment, repayment, by=request.user, page=page, done=done)
