"""Money ahead and back, in the browser."""

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.forms import ReversalForm
from core.http import require
from core.money import format_rupiah
from core.pages import form_page
from core.permissions import Permission
from orders import queries, services
from orders.forms import MoneyForm
from orders.forms.common import OnForm
from orders.models import Advance
from orders.views.common import claim_or_404, handover_page, of_claim
from treasury.models import PaymentKind
from treasury.views.common import paid_or_waits, unless_waiting


@require(Permission.DELIVERY_RECORD)
def pay_ahead(request, pk):
    claim = claim_or_404(request, pk)
    most = max(queries.may_be_paid_ahead(claim), 0)
    text = _("The terms allow {most} to be paid ahead. It is taken off the pay.").format(most=format_rupiah(most))
    return _money_page(request, services.pay_ahead, claim, _("Pay ahead"), text, most)


@require(Permission.DELIVERY_RECORD)
def pay_back(request, pk):
    claim = claim_or_404(request, pk)
    owed = queries.owed(claim).remainder
    text = _("{owed} were not covered by the work.").format(owed=format_rupiah(owed))
    return _money_page(request, services.pay_back, claim, _("Pay back"), text, owed)


def _money_page(request, service, claim, title, text, amount):
    handles_money = request.user.can(Permission.SETTLEMENT_PAY)
    return form_page(
        request,
        MoneyForm(request.POST or None, handles_money=handles_money, initial={"amount": amount or None}),
        service,
        claim,
        by=request.user,
        page=lambda: handover_page(
            claim,
            title,
            action=_("It is paid"),
            text=text,
            unavailable=unless_waiting(PaymentKind.ADVANCE, claim.pk),
        ),
        **paid_or_waits(done=_("The payment is recorded.")),
    )


@require(Permission.DELIVERY_RECORD)
def confirm_advance(request, pk):
    advance, claim = of_claim(request, Advance, pk)
    return form_page(
        request,
        OnForm(request.POST or None),
        services.confirm_advance,
        advance,
        by=request.user,
        page=handover_page(
            claim,
            _("I have the money"),
            action=_("Yes, I have it"),
            text=_("Say yes only when you have it, all of it."),
            facts=[(capfirst(advance.get_kind_display()), format_rupiah(advance.amount))],
            instead=(_("That is not right"), reverse("orders:object-to-advance", args=[pk])),
        ),
        done=_("Confirmed."),
    )


@require(Permission.DELIVERY_RECORD)
def reverse_advance(request, pk):
    advance, claim = of_claim(request, Advance, pk)
    return form_page(
        request,
        ReversalForm(request.POST or None),
        services.reverse_advance,
        advance,
        by=request.user,
        page=handover_page(
            claim,
            _("Reverse the payment"),
            action=_("Reverse"),
            facts=[(capfirst(advance.get_kind_display()), format_rupiah(advance.amount))],
            danger=True,
        ),
        done=_("The payment is reversed."),
    )
