"""The handover sheet in the browser beside the four steps: terms, material, money ahead and back, netting."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.dates import today
from core.forms import Form
from core.http import require, submit
from core.money import format_quantity, format_rupiah
from core.permissions import Permission
from orders import queries, services
from orders.forms import (
    AnswerForm,
    ConsentForm,
    DisputeForm,
    MaterialForm,
    MoneyForm,
    OnForm,
    ReturnForm,
    ReverseForm,
    TermsForm,
)
from orders.models import Advance, MaterialGiven, Offset, Settlement, TermsChange
from orders.sheet import terms_in_words
from orders.views.handover import claim_or_404

Method = Advance.Method


def _page(request, form, claim, *, title, action, text="", rows=(), danger=False):
    """A short form about a handover: what it is, what will happen, one button."""
    context = {"form": form, "claim": claim, "title": title, "action": action, "text": text, "rows": rows}
    return render(request, "orders/sheet_form.html", context | {"danger": danger})


def _of_claim(request, model, pk):
    """A row of the sheet and its claim, as the person may see them."""
    row = get_object_or_404(model.objects.visible_to(request.user), pk=pk)
    row.claim = claim_or_404(request, row.claim_id)
    return row, row.claim


# -- terms -----------------------------------------------------------------------------------------------------------


@require(Permission.DELIVERY_RECORD)
def propose_terms(request, pk):
    claim = claim_or_404(request, pk)
    form = TermsForm(request.POST or None, initial=claim.terms)
    if form.is_valid() and submit(form, services.propose_terms, claim, on=today(), by=request.user, **form.facts):
        messages.success(request, _("Proposed. The other side answers; until then what you agreed on counts."))
        return redirect("orders:claim", pk)
    return _page(request, form, claim, title=_("Propose other terms"), action=_("Propose"))


@require(Permission.DELIVERY_RECORD)
def answer_terms(request, pk):
    change, claim = _of_claim(request, TermsChange, pk)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        service = services.agree_terms if form.cleaned_data["answer"] == "agree" else services.drop_terms
        if submit(form, service, change, on=today(), by=request.user):
            messages.success(request, _("Your answer is written down."))
            return redirect("orders:claim", claim.pk)
    rows = terms_in_words(change)
    return _page(request, form, claim, title=_("Proposed terms"), action=_("Answer"), text=change.reason, rows=rows)


# -- material --------------------------------------------------------------------------------------------------------


@require(Permission.DELIVERY_RECORD)
def give_material(request, pk):
    claim = claim_or_404(request, pk)
    form = MaterialForm(request.POST or None)
    if form.is_valid() and submit(form, services.give_material, claim, by=request.user, **form.facts):
        messages.success(request, _("Written down. {name} confirms it.").format(name=claim.member.name))
        return redirect("orders:claim", pk)
    return _page(request, form, claim, title=_("Give material along"), action=_("It goes along"))


@require(Permission.DELIVERY_RECORD)
def confirm_material(request, pk):
    given, claim = _of_claim(request, MaterialGiven, pk)
    form = OnForm(request.POST or None)
    if form.is_valid() and submit(form, services.confirm_material, given, by=request.user, **form.facts):
        messages.success(request, _("Confirmed. Good work!"))
        return redirect("orders:claim", claim.pk)
    rows = [
        (_("Material"), str(given.item)),
        (_("How much"), f"{format_quantity(given.quantity)} {given.item.base_unit}"),
    ]
    if given.is_owed:
        rows.append((_("Taken off your pay"), format_rupiah(given.value)))
    text = _("Say yes only when you have it, all of it.")
    return _page(request, form, claim, title=_("I have the material"), action=_("Yes, I have it"), text=text, rows=rows)


@require(Permission.DELIVERY_RECORD)
def return_material(request, pk):
    given, claim = _of_claim(request, MaterialGiven, pk)
    form = ReturnForm(request.POST or None, initial={"quantity": given.quantity - given.returned})
    if form.is_valid() and submit(form, services.return_material, given, by=request.user, **form.facts):
        messages.success(request, _("Written down."))
        return redirect("orders:claim", claim.pk)
    return _page(request, form, claim, title=_("Material came back"), action=_("It is back"), text=str(given.item))


# -- money -----------------------------------------------------------------------------------------------------------


def _methods(user):
    return [Method.CASH, Method.DIRECT] if user.can(Permission.SETTLEMENT_PAY) else [Method.DIRECT]


@require(Permission.DELIVERY_RECORD)
def pay_ahead(request, pk):
    claim = claim_or_404(request, pk)
    most = max(queries.may_be_paid_ahead(claim), 0)
    form = MoneyForm(request.POST or None, methods=_methods(request.user), initial={"amount": most or None})
    if form.is_valid() and submit(form, services.pay_ahead, claim, by=request.user, **form.facts):
        messages.success(request, _("Written down."))
        return redirect("orders:claim", pk)
    text = _("The terms allow {most} to be paid ahead. It is taken off the pay.").format(most=format_rupiah(most))
    return _page(request, form, claim, title=_("Pay ahead"), action=_("It is paid"), text=text)


@require(Permission.DELIVERY_RECORD)
def pay_back(request, pk):
    claim = claim_or_404(request, pk)
    owed = queries.owed(claim).remainder
    form = MoneyForm(request.POST or None, methods=_methods(request.user), initial={"amount": owed or None})
    if form.is_valid() and submit(form, services.pay_back, claim, by=request.user, **form.facts):
        messages.success(request, _("Written down."))
        return redirect("orders:claim", pk)
    text = _("{owed} were not covered by the work.").format(owed=format_rupiah(owed))
    return _page(request, form, claim, title=_("Pay back"), action=_("It is paid"), text=text)


@require(Permission.DELIVERY_RECORD)
def confirm_advance(request, pk):
    advance, claim = _of_claim(request, Advance, pk)
    form = OnForm(request.POST or None)
    if form.is_valid() and submit(form, services.confirm_advance, advance, by=request.user, **form.facts):
        messages.success(request, _("Confirmed."))
        return redirect("orders:claim", claim.pk)
    rows = [(advance.get_kind_display().capitalize(), format_rupiah(advance.amount))]
    text = _("Say yes only when you have it, all of it.")
    return _page(request, form, claim, title=_("I have the money"), action=_("Yes, I have it"), text=text, rows=rows)


@require(Permission.DELIVERY_RECORD)
def reverse_advance(request, pk):
    advance, claim = _of_claim(request, Advance, pk)
    form = ReverseForm(request.POST or None)
    if form.is_valid() and submit(form, services.reverse_advance, advance, by=request.user, **form.facts):
        messages.success(request, _("The payment is reversed."))
        return redirect("orders:claim", claim.pk)
    rows = [(advance.get_kind_display().capitalize(), format_rupiah(advance.amount))]
    return _page(request, form, claim, title=_("Reverse the payment"), action=_("Reverse"), rows=rows, danger=True)


# -- netting with consent --------------------------------------------------------------------------------------------


@require(Permission.DELIVERY_RECORD)
def consent(request, pk):
    """The maker chooses what the waiting pay goes against. Only the maker, whoever helps otherwise."""
    paid = get_object_or_404(Settlement.objects.visible_to(request.user).select_related("delivery"), pk=pk)
    claim = claim_or_404(request, paid.delivery.claim_id)
    found = queries.netting_options(claim.member, as_of=today())
    options = [
        (f"{kind}:{option.key}", f"{option.label}: {format_rupiah(option.amount)}".capitalize())
        for kind, option in found
    ]
    form = ConsentForm(request.POST or None, options=options)
    if form.is_valid() and submit(form, services.consent, paid, on=today(), by=request.user, **form.facts):
        messages.success(request, _("Agreed. The treasurer books it when the rest is paid out to you."))
        return redirect("orders:claim", claim.pk)
    text = _("{amount} wait for you. What you do not let go here is paid out to you.").format(
        amount=format_rupiah(paid.amount)
    )
    if not options:
        text = _("Nothing is due that your pay could go against.")
    return _page(request, form, claim, title=_("Let it go against what I owe"), action=_("I agree"), text=text)


@require(Permission.DELIVERY_RECORD)
def withdraw_consent(request, pk):
    rows = Offset.objects.filter(settlement__in=Settlement.objects.visible_to(request.user))
    offset = get_object_or_404(rows.select_related("settlement__delivery"), pk=pk)
    claim = claim_or_404(request, offset.settlement.delivery.claim_id)
    form = Form(request.POST or None)
    if form.is_valid() and submit(form, services.withdraw_consent, offset, on=today(), by=request.user):
        messages.success(request, _("Taken back. You get this part paid out."))
        return redirect("orders:claim", claim.pk)
    rows = [(offset.label.capitalize(), format_rupiah(offset.amount))]
    return _page(request, form, claim, title=_("Take it out after all"), action=_("Take it out"), rows=rows)


@require(Permission.DELIVERY_RECORD)
def dispute(request, pk):
    """Either side asks the board; the case is about the other side, whom the board talks with first."""
    claim = claim_or_404(request, pk)
    form = DisputeForm(request.POST or None)
    if form.is_valid() and submit(form, services.dispute, claim, on=today(), by=request.user, **form.facts):
        messages.success(request, _("The board has been told and will talk with both of you."))
        return redirect("orders:claim", pk)
    text = _("Talk with each other first. Where that does not help, the board looks at this page with both of you.")
    return _page(request, form, claim, title=_("We do not agree"), action=_("Ask the board"), text=text)
