"""Looking at what a loan would cost, asking for it, and taking the application back."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.dates import today
from core.forms import ConfirmationForm
from core.http import require, submit
from core.pages import FormPage, form_page
from core.permissions import Permission
from loans import queries, services
from loans.forms.application import ApplicationForm, OfficerApplicationForm, SimulatorForm
from loans.queries import eligibility, shares
from loans.views.common import cost, crumbs, found_to_act
from members.models import Member


@require(Permission.LOAN_VIEW)
def simulate(request):
    form = SimulatorForm(request.GET or None)
    context = {"form": form, "rules": queries.rules_in_force(on=today())}
    if form.is_valid():
        facts = form.cleaned_data
        rules = facts["product"].rules.in_force(today())
        context |= cost(rules, facts) if facts["instalments"] > rules.principal_grace else {}
        if own := Member.objects.filter(user=request.user).first():
            asked = {name: facts[name] for name in ("product", "principal", "instalments")}
            context["checks"] = eligibility(own, as_of=today(), **asked)
    return render(request, "loans/application/simulate.html", context)


@require(Permission.LOAN_APPLY)
def apply(request):
    """A short form, then the rules one by one with what the loan would cost, then one button to send it."""
    own = Member.objects.filter(user=request.user).first()
    for_others = request.user.can(Permission.LOAN_SURVEY)  # the supervisors apply for themselves only
    asked = {
        name: request.GET[name]
        for name in ("member", "product", "principal", "instalments", "purpose")
        if name in request.GET
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
        context["checks"] = eligibility(member, as_of=today(), purpose=facts["purpose"], **terms)
        context["guarantor_shares"] = _guarantor_shares(facts)
        if all(check.passed for check in context["checks"]):
            context |= cost(facts["product"].rules.in_force(today()), terms | {"disbursed_on": today()})
    return render(request, "loans/application/apply.html", context)


def _guarantor_shares(facts):
    """Whether the named guarantors fit; how far their savings reach is shown to officers only."""
    rules, guarantors = facts["product"].rules.in_force(today()), facts["guarantors"]
    return queries.guarantor_shares(guarantors, rules, shares(facts["principal"], guarantors), as_of=today())


@require(Permission.LOAN_APPLY)
def withdraw(request, pk):
    loan = found_to_act(request, pk)
    page = FormPage(
        title=_("Withdraw the application"),
        action=_("Withdraw it"),
        crumbs=crumbs(request, loan),
        amount=loan.principal,
        consequences=[_("The application ends. You can make another one at any time.")],
        danger=True,
    )
    form = ConfirmationForm(request.POST or None)
    done = _("The application is withdrawn.")
    return form_page(request, form, services.withdraw, loan, on=today(), by=request.user, page=page, done=done)
