"""Other terms for a handover in the browser."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.dates import today
from core.http import require, submit
from core.permissions import Permission
from orders import services
from orders.forms import AnswerForm, TermsForm
from orders.models import TermsChange
from orders.queries import terms_in_words
from orders.views.common import claim_or_404, of_claim, sheet_page


@require(Permission.DELIVERY_RECORD)
def propose_terms(request, pk):
    claim = claim_or_404(request, pk)
    form = TermsForm(request.POST or None, initial=claim.terms)
    if form.is_valid() and submit(form, services.propose_terms, claim, on=today(), by=request.user, **form.facts):
        messages.success(request, _("Proposed. The other side answers; until then what you agreed on counts."))
        return redirect("orders:claim", pk)
    return sheet_page(request, form, claim, title=_("Propose other terms"), action=_("Propose"))


@require(Permission.DELIVERY_RECORD)
def answer_terms(request, pk):
    change, claim = of_claim(request, TermsChange, pk)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        service = services.agree_terms if form.cleaned_data["answer"] == "agree" else services.drop_terms
        if submit(form, service, change, on=today(), by=request.user):
            messages.success(request, _("Your answer is written down."))
            return redirect("orders:claim", claim.pk)
    rows = terms_in_words(change)
    return sheet_page(
        request, form, claim, title=_("Proposed terms"), action=_("Answer"), text=change.reason, rows=rows
    )
