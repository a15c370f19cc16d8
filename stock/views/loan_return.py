"""Giving back in the browser: one side records it, the other looks at it; the treasurer receives money."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from core.dates import today
from core.forms import DayForm, ReasonForm, ReversalForm
from core.http import require
from core.money import format_rupiah
from core.pages import FormPage, form_page
from core.permissions import Permission
from stock import services
from stock.forms.loan_return import GiveBackForm, ReceiveMoneyForm
from stock.models import StockReturn
from stock.notifications import counted, sides
from stock.views.loan import crumbs, loan_or_404

Way = StockReturn.Way


def _found(request, pk):
    """The return with its loan, which has its counts and both sides."""
    back = get_object_or_404(StockReturn.objects.visible_to(request.user), pk=pk)
    back.loan = loan_or_404(request, back.loan_id)
    return back


@require(Permission.STOCK_RECORD)
def give_back(request, pk):
    found = loan_or_404(request, pk)
    lead = _(
        "{out} are still out. In kind it must be of the same quality, and {lender} looks at it; in money it is "
        "{price} for one."
    )
    page = FormPage(
        title=_("Give back"),
        action=_("Record"),
        lead=lead.format(
            out=counted(found.out, found.item), lender=found.lender.name, price=format_rupiah(found.price)
        ),
        crumbs=crumbs(found),
    )

    def done(back):
        if back.way == Way.SAVINGS:
            return _("Recorded. Now take the money to the treasurer.")
        return _("Recorded. It counts when the other side has looked at it.")

    form = GiveBackForm(request.POST or None, item=found.item, initial={"quantity": found.out - found.on_its_way})
    return form_page(request, form, services.give_back, found, by=request.user, page=page, done=done)


@require(Permission.STOCK_RECORD)
def confirm_return(request, pk):
    back = _found(request, pk)
    leads = {
        Way.GOODS: _("Say yes only when it is all there and of the same quality."),
        Way.DIRECT: _("Say yes only when the money is there."),
        Way.SAVINGS: _("The money goes into the savings of {lender}, and a receipt is made."),
    }
    lead = _("{quantity} from {borrower} to {lender}.") + f" {leads[back.way]}"
    page = FormPage(
        title=_("Look at what came back"),
        action=_("Yes, it is so"),
        amount=back.amount,
        lead=lead.format(**sides(back.loan, back.quantity)),
        instead=(_("It is not so"), reverse("stock:decline-return", args=[pk])),
        crumbs=crumbs(back.loan),
    )
    done = _("Confirmed: {what} came back.").format(what=counted(back.quantity, back.loan.item))
    form = (ReceiveMoneyForm if back.way == Way.SAVINGS else DayForm)(request.POST or None)
    return form_page(request, form, services.confirm_return, back, by=request.user, page=page, done=done)


@require(Permission.STOCK_RECORD)
def decline_return(request, pk):
    back = _found(request, pk)
    lead = _("{quantity} of {lender} stay out with {borrower}. Say why, so that the other side can put it right.")
    page = FormPage(
        title=_("It is not so"),
        action=_("Not confirmed"),
        lead=lead.format(**sides(back.loan, back.quantity)),
        crumbs=crumbs(back.loan),
    )
    facts = {"on": today(), "by": request.user}
    done = _("Not confirmed. The other side sees why.")
    form = ReasonForm(request.POST or None)
    return form_page(request, form, services.decline_return, back, page=page, done=done, **facts)


@require(Permission.STOCK_PAY)
def reverse_return(request, pk):
    back = _found(request, pk)
    lead = _("{quantity} of {lender} are out with {borrower} again, and the money goes back out of the savings.")
    page = FormPage(
        title=_("Reverse the payment"),
        action=_("Reverse"),
        amount=back.amount,
        lead=lead.format(**sides(back.loan, back.quantity)),
        crumbs=crumbs(back.loan),
        danger=True,
    )
    form = ReversalForm(request.POST or None)
    done = _("The payment is reversed.")
    return form_page(request, form, services.reverse_return, back, by=request.user, page=page, done=done)
