"""Other terms for a handover in the browser."""

from django.utils.translation import gettext as _

from core.dates import today
from core.http import require
from core.pages import form_page
from core.permissions import Permission
from orders import queries, services
from orders.forms import AnswerForm, TermsForm
from orders.models import TermsChange
from orders.views.common import claim_or_404, handover_page, of_claim


@require(Permission.DELIVERY_RECORD)
def propose_terms(request, pk):
    claim = claim_or_404(request, pk)
    return form_page(
        request,
        TermsForm(request.POST or None, initial=claim.terms),
        services.propose_terms,
        claim,
        on=today(),
        by=request.user,
        page=handover_page(claim, _("Propose other terms"), action=_("Propose")),
        done=_("Proposed. The other side answers; until then what you agreed on counts."),
    )


@require(Permission.DELIVERY_RECORD)
def answer_terms(request, pk):
    change, claim = of_claim(request, TermsChange, pk)

    def answer(change, *, answer, **facts):
        service = services.agree_terms if answer == "agree" else services.drop_terms
        return service(change, **facts)

    return form_page(
        request,
        AnswerForm(request.POST or None),
        answer,
        change,
        on=today(),
        by=request.user,
        page=handover_page(
            claim, _("Proposed terms"), action=_("Answer"), text=change.reason, facts=queries.terms_in_words(change)
        ),
        done=_("Your answer is recorded."),
    )
