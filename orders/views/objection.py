"""“That is not right”, and taking back what one wrote down oneself, in the browser."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from core.dates import today
from core.forms import ConfirmationForm
from core.http import require
from core.pages import form_page
from core.permissions import Permission
from orders import services
from orders.forms import ObjectionForm, SentForm
from orders.models import Advance, Delivery, MaterialGiven
from orders.views.common import claim_or_404, handover_page, of_claim


def _delivery(request, pk):
    row = get_object_or_404(Delivery.objects.visible_to(request.user), pk=pk)
    row.claim = claim_or_404(request, row.claim_id)
    return row, row.claim


def _carry_out(request, row, claim, form, service, page, done):
    return form_page(request, form, service, row, on=today(), by=request.user, page=page, done=done)


@require(Permission.DELIVERY_RECORD)
def object_to_material(request, pk):
    given, claim = of_claim(request, MaterialGiven, pk)
    page = handover_page(claim, _("That is not right"), text=str(given.item))
    done = _("Said. It is not counted; the other side records the right figure.")
    return _carry_out(request, given, claim, ObjectionForm(request.POST or None), services.drop_material, page, done)


@require(Permission.DELIVERY_RECORD)
def drop_material(request, pk):
    given, claim = of_claim(request, MaterialGiven, pk)
    page = handover_page(claim, _("Take it back"), text=str(given.item))
    done = _("Taken back. Record it anew where it was only the figure.")
    return _carry_out(request, given, claim, ConfirmationForm(request.POST or None), services.drop_material, page, done)


@require(Permission.DELIVERY_RECORD)
def object_to_advance(request, pk):
    advance, claim = of_claim(request, Advance, pk)
    page = handover_page(claim, _("That is not right"))
    form = ObjectionForm(request.POST or None)
    return _carry_out(request, advance, claim, form, services.object_to_advance, page, _told())


@require(Permission.DELIVERY_RECORD)
def object_to_count(request, pk):
    delivery, claim = _delivery(request, pk)
    page = handover_page(claim, _("That is not right"))
    form = ObjectionForm(request.POST or None)
    return _carry_out(request, delivery, claim, form, services.object_to_count, page, _told())


@require(Permission.DELIVERY_RECORD)
def undo_count(request, pk):
    delivery, claim = _delivery(request, pk)
    page = handover_page(claim, _("Count anew"), text=_("The count is taken back; then count again."))
    form = ConfirmationForm(request.POST or None)
    return _carry_out(request, delivery, claim, form, services.undo_count, page, _("Taken back. Count it again."))


@require(Permission.DELIVERY_RECORD)
def correct_sent(request, pk):
    delivery, claim = _delivery(request, pk)
    page = handover_page(claim, _("Correct what was sent"), action=_("Correct"))
    form = SentForm(request.POST or None, initial={"delivered": delivery.delivered})
    return _carry_out(request, delivery, claim, form, services.correct_sent, page, _("Corrected."))


def _told() -> str:
    return _("Said. The other side is told and can correct it.")
