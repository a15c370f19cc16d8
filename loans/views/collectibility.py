"""How good the loans are: classes, what is set aside, what is at risk, and the officers' assessment on one loan."""

from django.http import Http404
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.dates import today
from core.http import export, page_of, require
from core.money import format_percent
from core.pages import FormPage, form_page
from core.permissions import Permission
from ledger import chart
from ledger import queries as books
from ledger.models import Unit
from loans import queries, services
from loans.arithmetic.collectibility import Class
from loans.forms.collectibility import AssessmentForm
from loans.forms.common import AsOfForm
from loans.models import CollectibilityRules
from loans.papers.collectibility import collectibility_sheets
from loans.views.common import crumbs, found


@require(Permission.LOAN_LIST)
def collectibility(request):
    form = AsOfForm.asked(request.GET)
    rules = CollectibilityRules.objects.current(form.day)
    context = {"form": form, "as_of": form.day, "rules": rules}
    if rules:
        sums = queries.portfolio(rules, as_of=form.day)
        course = queries.provision_course(as_of=form.day)
        context |= {
            "sums": sums,
            "npl": percent(sums.non_performing_ratio),
            "rpm": percent(sums.risk_ratio),
            "at_risk": [(days, amount, percent(ratio)) for days, amount, ratio in sums.at_risk],
            "score": sums.score,
            "allowance": books.account_balance(Unit.USP, chart.LOAN_LOSS_ALLOWANCE, as_of=form.day),
            "last_run": queries.last_provision(as_of=form.day),
            "runs": [(run, format_percent(run.non_performing_bp)) for run in reversed(course)],
            "bad_course": [(date_format(run.month, "M Y"), run.non_performing) for run in course],
            "allowance_course": [(date_format(run.month, "M Y"), run.allowance) for run in course],
        }
    return render(request, "loans/collectibility/list.html", context)


@require(Permission.LOAN_LIST)
def of_class(request, cls):
    """The loans of one class, the longest late first."""
    if cls not in Class.values:
        raise Http404
    form = AsOfForm.asked(request.GET)
    rules = CollectibilityRules.objects.current(form.day)
    rows = queries.classed(rules, as_of=form.day, only=cls) if rules else []
    context = {
        "form": form,
        "as_of": form.day,
        "cls": Class(cls),
        "page": page_of(request, rows),
        "sums": {
            name: sum(getattr(row, name) for row in rows)
            for name in ("outstanding", "overdue", "collateral", "provision")
        },
    }
    return render(request, "loans/collectibility/class.html", context)


@require(Permission.LOAN_LIST)
def collectibility_export(request):
    day = AsOfForm.asked(request.GET).day
    rules = CollectibilityRules.objects.current(day)
    if rules is None:
        raise Http404
    return export(_("portfolio quality"), *collectibility_sheets(rules, on=day), on=day)


@require(Permission.LOAN_ASSESS)
def assess(request, pk):
    loan = found(request, pk)

    def page():
        assessments = loan.assessments.select_related("by").order_by("-on", "-pk")
        return FormPage(
            title=_("Assess the loan"),
            action=_("Record it"),
            crumbs=crumbs(request, loan),
            lead=_(
                "Loan {number} of {name}. From today on the assessment counts for the class of the loan and for what "
                "is set aside."
            ).format(number=loan.number, name=loan.member.name),
            facts=[
                (f"{date_format(each.on, 'j F Y')}, {each.by.name}", f"{each.verdict}. {each.reason}")
                for each in assessments
            ],
        )

    form = AssessmentForm(request.POST or None)
    done = _("The assessment is recorded.")
    return form_page(request, form, services.assess, loan, on=today(), by=request.user, page=page, done=done)


def percent(ratio) -> str:
    """`4,25 %`: an exact part of one, to the hundredth of a percent."""
    return format_percent(round(ratio * 10_000))
