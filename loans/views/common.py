"""What the pages of a loan share."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from loans.arithmetic import explanation, schedule
from loans.models import Loan


def found(request, pk):
    loans = Loan.objects.visible_to(request.user).select_related("member", "rules__product", "rules__decided_in")
    return get_object_or_404(loans, pk=pk)


def terms(loan):
    return {"principal": loan.principal, "instalments": loan.instalments}


def cost(rules, facts):
    plan = schedule.schedule(
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


def say_done(request, sentence, receipt):
    if receipt is None:
        messages.success(request, sentence + " " + _("It stands in the savings passbook."))
        return
    link = reverse("ledger:receipt", args=[receipt.pk])
    ready = _("Receipt {number} is ready to print.").format(number=receipt.number)
    messages.success(request, format_html("{} <a href='{}'>{}</a>", sentence, link, ready))
