"""The officers' decision on an application, the supervisors' where an officer borrows, and the visit before."""

from django.utils.translation import gettext as _

from core.dates import today
from core.forms import ConfirmationForm
from core.http import require
from core.money import format_rupiah
from core.pages import FormPage, form_page
from core.permissions import Permission
from loans import queries, services
from loans.forms.decision import RefusalForm, SurveyForm
from loans.views.common import crumbs, found


@require(Permission.LOAN_APPROVE)
def approve(request, pk):
    return _approve(request, pk, services.approve)


@require(Permission.LOAN_ENDORSE)
def endorse(request, pk):
    """The supervisors' approval of a loan to somebody who holds an office."""
    return _approve(request, pk, services.endorse)


def _approve(request, pk, service):
    loan = found(request, pk)

    def page():
        plan, related = queries.plan(loan, on=today()), queries.related_party(loan, as_of=today())
        return FormPage(
            title=_("Approve the loan of {name}").format(name=loan.member.name),
            action=_("Approve the loan"),
            crumbs=crumbs(request, loan),
            amount=loan.principal,
            consequences=[
                _("{name} may receive {amount}.").format(name=loan.member.name, amount=format_rupiah(loan.principal)),
                _("In return {total} comes back over {count} instalments, {interest} of it interest.").format(
                    total=format_rupiah(plan.total), count=loan.instalments, interest=format_rupiah(plan.interest)
                ),
                _("Another person pays it out (four eyes)."),
            ],
            above="loans/related_party/_ceiling.html" if related else "",
            context={"related": related},
        )

    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        service,
        loan,
        on=today(),
        by=request.user,
        page=page,
        done=lambda loan: (
            _("The loan is approved. The treasurer can pay it out.")
            if loan.approved_on
            else _("Your approval is recorded. Somebody else must approve as well.")
        ),
    )


@require(Permission.LOAN_SURVEY)
def survey(request, pk):
    loan = found(request, pk)
    page = FormPage(
        title=_("Record a visit"),
        action=_("Record it"),
        crumbs=crumbs(request, loan),
        lead=_("At the workshop of {name}, about: {purpose}. It cannot be changed afterwards.").format(
            name=loan.member.name, purpose=loan.purpose
        ),
    )
    form = SurveyForm(request.POST or None)
    done = _("The visit is recorded.")
    return form_page(request, form, services.survey, loan, on=today(), by=request.user, page=page, done=done)


@require(Permission.LOAN_APPROVE)
def refuse(request, pk):
    loan = found(request, pk)
    page = FormPage(
        title=_("Turn the application down"),
        action=_("Turn down"),
        crumbs=crumbs(request, loan),
        lead=_("{name} asked for {amount}. Say why it is not possible, and what would help.").format(
            name=loan.member.name, amount=format_rupiah(loan.principal)
        ),
        danger=True,
    )
    form = RefusalForm(request.POST or None)
    done = _("The application is turned down. The borrower can read the reason.")
    return form_page(request, form, services.refuse, loan, on=today(), by=request.user, page=page, done=done)
