"""Loans in the browser: asking, deciding, paying out, paying back, and looking at all of them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from core import audit
from core.dates import today
from core.http import export, page_of, require, submit
from core.money import format_rupiah
from core.notices import whatsapp
from core.permissions import Permission
from loans import explanation, papers, queries, services
from loans import schedule as arithmetic
from loans.eligibility import eligibility
from loans.forms import (
    ApplicationForm,
    AsOfForm,
    ConfirmationForm,
    DisbursementForm,
    LoanFilter,
    OfficerApplicationForm,
    RefusalForm,
    RepaymentForm,
    ReversalForm,
    SimulatorForm,
)
from loans.models import Guarantor, Loan, Repayment
from members.models import Member

# -- lists -----------------------------------------------------------------------------------------------------------


@require(Permission.LOAN_LIST)
def loans(request):
    rows = queries.with_outstanding(Loan.objects.visible_to(request.user), as_of=today())
    found = LoanFilter(request.GET, queryset=rows.order_by("-applied_on", "-pk"))
    page = page_of(request, found.qs.select_related("member", "rules__product"))
    late = {row.loan_id: row for row in queries.arrears(as_of=today())}
    for loan in page:
        loan.late = late.get(loan.pk)
    context = {"filter": found, "page": page, "totals": queries.totals(found.qs), "late": len(late)}
    return render(request, "loans/list.html", context)


@require(Permission.LOAN_LIST)
def arrears(request):
    form = AsOfForm.asked(request.GET)
    rows = queries.arrears(as_of=form.day)
    page = page_of(request, rows)
    page.object_list = [(row, whatsapp(row.phone, papers.reminder(row)) if row.phone else "") for row in page]
    context = {"form": form, "as_of": form.day, "page": page, "sums": queries.sums(rows)}
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
        "guarantees": queries.unanswered_guarantees(member),
        "promised": queries.guaranteed(member, as_of=today()),
    }
    return render(request, "loans/mine.html", context)


# -- asking ----------------------------------------------------------------------------------------------------------


@require(Permission.LOAN_VIEW)
def simulate(request):
    form = SimulatorForm(request.GET or None)
    context = {"form": form, "rules": queries.rules_in_force(on=today())}
    if form.is_valid():
        facts = form.cleaned_data
        rules = facts["product"].rules.in_force(today())
        context |= _cost(rules, facts) if facts["instalments"] > rules.principal_grace else {}
    return render(request, "loans/simulate.html", context)


def _cost(rules, facts):
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


@require(Permission.LOAN_APPLY)
def apply(request):
    """A short form, then the rules one by one with what the loan would cost, then one button to send it."""
    own = Member.objects.filter(user=request.user).first()
    for_others = request.user.can(Permission.LOAN_LIST)
    asked = {
        name: request.GET[name] for name in ("member", "product", "principal", "instalments") if name in request.GET
    }
    form = (
        OfficerApplicationForm(request.POST or None, initial=asked)
        if for_others
        else ApplicationForm(request.POST or None, initial=asked, borrower=own)
    )
    context = {"form": form, "rules": queries.rules_in_force(on=today())}
    if form.is_valid():
        facts = form.facts
        member = facts.pop("member", own)
        terms = {name: facts[name] for name in ("product", "principal", "instalments")}
        if "send" in request.POST and (
            loan := submit(form, services.apply, member, on=today(), by=request.user, **facts)
        ):
            messages.success(
                request, _("Application {number} is sent. You will hear of it.").format(number=loan.number)
            )
            return redirect("loans:detail", loan.pk)
        context["checks"] = eligibility(member, as_of=today(), **terms)
        if all(check.passed for check in context["checks"]):
            context |= _cost(facts["product"].rules.in_force(today()), terms | {"disbursed_on": today()})
    return render(request, "loans/apply.html", context)


@require(Permission.LOAN_GUARANTEE)
def guarantee(request, pk):
    """Somebody asks for one's name: who, how much, what for; then yes or no."""
    guarantor = get_object_or_404(
        Guarantor.objects.filter(member__user=request.user).select_related("loan__member", "loan__rules__product"),
        pk=pk,
    )
    form = ConfirmationForm(request.POST or None)
    answer = services.consent if "yes" in request.POST else services.decline
    if form.is_valid() and submit(form, answer, guarantor, on=today(), by=request.user):
        messages.success(request, _("Your answer is written down. Thank you."))
        return redirect("loans:mine")
    context = {"guarantor": guarantor, "form": form, "loan": guarantor.loan}
    return render(request, "loans/guarantee.html", context)


# -- one loan --------------------------------------------------------------------------------------------------------


@require(Permission.LOAN_VIEW)
def detail(request, pk):
    loan = get_object_or_404(
        Loan.objects.visible_to(request.user)
        .select_related("member", "rules__product", "rules__decided_in", "applied_by", "refused_by", "disbursed_by")
        .prefetch_related("approvals__by", "guarantors__member"),
        pk=pk,
    )
    context = {
        "loan": loan,
        "steps": explanation.steps(loan),
        "position": queries.position(loan, as_of=today()) if loan.disbursed_on else None,
        "repayments": loan.repayments.select_related("receipt", "received_by").order_by("-paid_on", "-pk"),
        "checks": _checks(loan) if loan.state == Loan.State.WAITING else [],
        "may_decide": request.user.pk not in (loan.member.user_id, loan.applied_by_id),
        "may_withdraw": request.user.pk in (loan.member.user_id, loan.applied_by_id),
        "events": audit.trail(loan),
    }
    return render(request, "loans/detail.html", context)


def _checks(loan):
    """The rules as they stand today; the application itself does not count as a loan."""
    return eligibility(loan.member, product=loan.rules.product, as_of=today(), without=loan, **_terms(loan))


@require(Permission.LOAN_VIEW)
def schedule(request, pk):
    loan = _found(request, pk)
    plan = queries.plan(loan, on=today())
    context = {"loan": loan, "plan": plan, "rows": explanation.explained(plan)}
    return render(request, "loans/schedule.html", context)


@require(Permission.LOAN_VIEW)
def schedule_paper(request, pk):
    return papers.schedule_response(_found(request, pk), on=today())


@require(Permission.LOAN_APPLY)
def withdraw(request, pk):
    loan = _found(request, pk)
    form = ConfirmationForm(request.POST or None)
    if form.is_valid() and submit(form, services.withdraw, loan, on=today(), by=request.user):
        messages.success(request, _("The application is taken back."))
        return redirect("loans:detail", pk)
    context = {"consequences": [_("The application ends. You can make another one at any time.")]}
    return render(request, "loans/withdraw.html", {"loan": loan, "form": form} | context)


@require(Permission.LOAN_APPROVE)
def approve(request, pk):
    loan = _found(request, pk)
    form = ConfirmationForm(request.POST or None)
    if form.is_valid() and (done := submit(form, services.approve, loan, on=today(), by=request.user)):
        messages.success(
            request,
            _("The loan is approved. The treasurer can pay it out.")
            if done.approved_on
            else _("Your yes is written down. A second officer must agree."),
        )
        return redirect("loans:detail", pk)
    plan = queries.plan(loan, on=today())
    context = {
        "consequences": [
            _("{name} may receive {amount}.").format(name=loan.member.name, amount=format_rupiah(loan.principal)),
            _("In return {total} comes back over {count} instalments, {interest} of it interest.").format(
                total=format_rupiah(plan.total), count=loan.instalments, interest=format_rupiah(plan.interest)
            ),
            _("Another person pays it out (four eyes)."),
        ]
    }
    return render(request, "loans/approve.html", {"loan": loan, "form": form} | context)


@require(Permission.LOAN_APPROVE)
def refuse(request, pk):
    loan = _found(request, pk)
    form = RefusalForm(request.POST or None)
    if form.is_valid() and submit(form, services.refuse, loan, on=today(), by=request.user, **form.facts):
        messages.success(request, _("The application is turned down. The borrower can read the reason."))
        return redirect("loans:detail", pk)
    return render(request, "loans/refuse.html", {"loan": loan, "form": form})


@require(Permission.LOAN_DISBURSE)
def disburse(request, pk):
    loan = _found(request, pk)
    form = DisbursementForm(request.POST or None)
    if form.is_valid() and (done := submit(form, services.disburse, loan, by=request.user, **form.facts)):
        _say_done(request, _("{amount} paid out.").format(amount=format_rupiah(done.net)), done.receipt)
        return redirect("loans:detail", pk)
    context = {"loan": loan, "form": form, "cost": _cost(loan.rules, _terms(loan) | {"disbursed_on": today()})}
    return render(request, "loans/disburse.html", context)


@require(Permission.LOAN_REPAY)
def repay(request, pk):
    loan = _found(request, pk)
    position = queries.position(loan, as_of=today())
    form = RepaymentForm(request.POST or None, initial={"amount": position.due_now or None})
    if form.is_valid() and (paid := submit(form, services.repay, loan, by=request.user, **form.facts)):
        _say_done(request, _("{amount} received.").format(amount=format_rupiah(paid.amount)), paid.receipt)
        return redirect("loans:detail", pk)
    return render(request, "loans/repay.html", {"loan": loan, "form": form, "position": position})


@require(Permission.LOAN_REVERSE)
def reverse_repayment(request, pk):
    repayments = Repayment.objects.filter(loan__in=Loan.objects.visible_to(request.user))
    repayment = get_object_or_404(repayments.select_related("loan__member", "receipt"), pk=pk)
    form = ReversalForm(request.POST or None)
    if form.is_valid() and submit(form, services.reverse_repayment, repayment, by=request.user, **form.facts):
        messages.success(request, _("The payment is reversed. Both entries stay in the journal."))
        return redirect("loans:detail", repayment.loan_id)
    return render(
        request, "loans/reverse_repayment.html", {"repayment": repayment, "loan": repayment.loan, "form": form}
    )


def _found(request, pk):
    loans = Loan.objects.visible_to(request.user).select_related("member", "rules__product", "rules__decided_in")
    return get_object_or_404(loans, pk=pk)


def _terms(loan):
    return {"principal": loan.principal, "instalments": loan.instalments}


def _say_done(request, sentence, receipt):
    link = reverse("ledger:receipt", args=[receipt.pk])
    ready = _("Receipt {number} is ready to print.").format(number=receipt.number)
    messages.success(request, format_html("{} <a href='{}'>{}</a>", sentence, link, ready))
