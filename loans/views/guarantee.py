"""Guaranteeing a neighbour's loan: the answer, taking it back, and officers who look for somebody else."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.dates import today
from core.forms import ConfirmationForm
from core.http import require, submit
from core.money import format_rupiah
from core.pages import FormPage, form_page
from core.permissions import Permission
from loans import services
from loans.forms.guarantee import GuarantorForm
from loans.models import Guarantor, Loan, RenewedGuarantee, Restructuring
from loans.papers.guarantee import consent_response
from loans.views.common import crumbs, found_to_act


def _answered(row, over):
    """What became of the request: `over` where it no longer matters, else the answer given, else nothing."""
    if over:
        return "amber", over
    if row.consented_on:
        return "leaf", _("You said yes on {day}.").format(day=date_format(row.consented_on, "j F Y"))
    if row.declined_on:
        return "amber", _("You said no on {day}.").format(day=date_format(row.declined_on, "j F Y"))
    return None


def _answer(request, row, answers, context):
    """One's own share with what it is for, and a button for every answer that can be given."""
    form = ConfirmationForm(request.POST or None)
    given = next((name for name in answers if name in request.POST), "no")
    if form.is_valid() and submit(form, answers[given], row, on=today(), by=request.user):
        messages.success(request, _("Your answer is recorded. Thank you."))
        return redirect("loans:mine")
    return render(request, "loans/guarantee/answer.html", {"row": row, "form": form} | context)


def _promise():
    return _(
        "If you say yes, you promise to pay your share where the borrower cannot. You may say no without giving a "
        "reason."
    )


@require(Permission.LOAN_GUARANTEE)
def guarantee(request, pk):
    """Somebody asks for one's guarantee: who, how much, what for; then yes or no."""
    asked = Guarantor.objects.filter(member__user=request.user)
    guarantor = get_object_or_404(asked.select_related("loan__member", "loan__rules__product"), pk=pk)
    loan = guarantor.loan
    over = guarantor.ended_on and _("Since {day} you no longer guarantee this loan.").format(
        day=date_format(guarantor.ended_on, "j F Y")
    )
    context = {
        "title": _("Guarantee a loan?"),
        "heading": _("Will you guarantee the loan of {name}?").format(name=loan.member.name),
        "facts": [
            (_("Loan"), format_rupiah(loan.principal)),
            (_("Instalments"), loan.instalments),
            (_("Purpose"), loan.purpose),
            (_("Kind of loan"), loan.rules.product),
        ],
        "promise": _promise(),
        "answered": _answered(guarantor, over),
        "paper": reverse("loans:consent-paper", args=[pk]) if guarantor.consented_on and not over else "",
        "may_take_back": guarantor.consented_on and not over and loan.state == Loan.State.WAITING,
    }
    answers = {"yes": services.consent, "back": services.take_back_consent, "no": services.decline}
    return _answer(request, guarantor, answers, context)


@require(Permission.LOAN_GUARANTEE)
def renewed_guarantee(request, pk):
    """More would be owed on a loan one guarantees: the new terms, the share; then yes or no."""
    rows = RenewedGuarantee.objects.filter(member__user=request.user)
    row = get_object_or_404(rows.select_related("restructuring__loan__member", "restructuring__loan__rules"), pk=pk)
    terms, loan = row.restructuring, row.restructuring.loan
    before = loan.guarantors.standing(as_of=today()).filter(member=row.member).first()
    unanswered = not row.consented_on and not row.declined_on
    over = unanswered and not terms.is_waiting and _("These terms were carried out or dropped already.")
    context = {
        "title": _("Guarantee more?"),
        "heading": _("Will you guarantee a higher amount for {name}?").format(name=loan.member.name),
        "facts": [
            (_("Loan"), loan.number),
            *([(_("You guarantee"), format_rupiah(before.amount))] if before else []),
            (_("New terms"), terms.get_kind_display()),
            *([(_("New money"), format_rupiah(terms.added))] if terms.added else []),
            (
                _("Instalments"),
                f"{terms.instalments}, " + _("the first on {day}").format(day=date_format(terms.first_due_on, "j F Y")),
            ),
            (_("Reason"), terms.reason),
        ],
        "promise": _(
            "If you say no, you guarantee what you promised before and for no more. You need not give a reason."
        )
        if before
        else _promise(),
        "answered": _answered(row, over),
    }
    return _answer(request, row, {"yes": services.consent_again, "no": services.decline_again}, context)


@require(Permission.LOAN_APPLY)
def ask_guarantor(request, pk):
    """Name somebody else for the part of the loan that nobody guarantees."""
    loan = found_to_act(request, pk)
    return _ask(request, loan, services.ask_guarantor, loan, crumbs(request, loan))


@require(Permission.LOAN_RESTRUCTURE)
def ask_another_guarantor(request, pk):
    """Name a further member for the part of the higher amount that nobody guarantees."""
    terms = get_object_or_404(Restructuring.objects.select_related("loan__member", "loan__rules"), pk=pk)
    below = _("New terms"), reverse("loans:restructuring", args=[pk])
    return _ask(request, terms.loan, services.ask_another_guarantor, terms, crumbs(request, terms.loan, below))


def _ask(request, loan, service, subject, above):
    page = FormPage(
        title=_("Name another guarantor"),
        action=_("Ask this member"),
        crumbs=above,
        lead=_("Somebody who will guarantee the part of the loan that nobody guarantees yet."),
    )
    return form_page(
        request,
        GuarantorForm(request.POST or None, loan=loan),
        service,
        subject,
        on=today(),
        by=request.user,
        page=page,
        done=lambda asked: _("{name} is asked and will answer.").format(name=asked.member.name),
    )


@require(Permission.LOAN_APPROVE)
def release_guarantor(request, pk):
    guarantors = Guarantor.objects.visible_to(request.user).select_related("loan__member", "member")
    guarantor = get_object_or_404(guarantors, pk=pk)
    name = guarantor.member.name
    page = FormPage(
        title=_("Release a guarantor"),
        action=_("Release"),
        crumbs=crumbs(request, guarantor.loan),
        amount=guarantor.amount,
        consequences=[
            _("{name} no longer guarantees {amount} of this loan.").format(
                name=name, amount=format_rupiah(guarantor.amount)
            ),
            _("The others who said yes guarantee it. Everybody concerned is told."),
        ],
    )
    form = ConfirmationForm(request.POST or None)
    done = _("{name} no longer guarantees this loan.").format(name=name)
    facts = {"on": today(), "by": request.user}
    return form_page(request, form, services.release_guarantor, guarantor, page=page, done=done, **facts)


@require(Permission.LOAN_VIEW)
def consent(request, pk):
    guarantors = Guarantor.objects.visible_to(request.user).filter(consented_on__isnull=False)
    return consent_response(get_object_or_404(guarantors.select_related("member", "loan__member"), pk=pk))
