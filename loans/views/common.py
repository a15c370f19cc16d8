"""What the pages of a loan share."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from core.permissions import Permission
from loans.arithmetic import explanation
from loans.arithmetic import schedule as arithmetic
from loans.models import Loan


def found(request, pk):
    loans = Loan.objects.visible_to(request.user).select_related("member", "rules__product", "rules__decided_in")
    return get_object_or_404(loans, pk=pk)


def found_to_act(request, pk):
    """The loan, for the borrower and the board; a supervisor, who sees every loan, acts on the own one only."""
    loan = found(request, pk)
    if loan.member.user_id != request.user.pk and not request.user.can(Permission.LOAN_SURVEY):
        raise Http404
    return loan


def crumbs(request, loan=None, *below):
    """The pages above one of a loan: the list or one's own loans, the loan itself, and what hangs below it."""
    lists = (_("Loans"), reverse("loans:list")), (_("My loans"), reverse("loans:mine"))
    above = [(_("Home"), reverse("home")), lists[not request.user.can(Permission.LOAN_LIST)]]
    if loan:
        above.append((loan.number, reverse("loans:detail", args=[loan.pk])))
    return [*above, *below]


def terms(loan):
    return {"principal": loan.principal, "instalments": loan.instalments}


def cost(rules, facts):
    plan = arithmetic.schedule(
        rules.terms(principal=facts["principal"], instalments=facts["instalments"]),
        disbursed_on=facts["disbursed_on"],
        first_due_on=facts.get("first_due_on"),
    )
    fees = rules.administration_fee + rules.provision(facts["principal"])
    return {
        "chosen": rules,
        "plan": plan,
        "rows": explanation.explained(plan),
        "fees": fees,
        "net": facts["principal"] - fees,
    }


def with_receipt(sentence, receipt):
    """What was done, and where it can be read: the receipt, or the savings passbook where no money changed hands."""
    if receipt is None:
        return sentence + " " + _("It stands in the savings passbook.")
    link = reverse("ledger:receipt", args=[receipt.pk])
    ready = _("Receipt {number} is ready to print.").format(number=receipt.number)
    return format_html("{} <a href='{}'>{}</a>", sentence, link, ready)
