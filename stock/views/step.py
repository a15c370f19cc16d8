"""The steps of a joint purchase in the browser, and reversing one: a page says what goes back before it does."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from core.dates import long_date
from core.forms import ReversalForm
from core.http import require
from core.money import format_rupiah
from core.pages import form_page
from core.permissions import Permission
from stock import queries, services
from stock.arithmetic.loan import worth
from stock.forms.step import ChooseForm, PaySupplierForm, ReceiveForm
from stock.models import JointPurchase, JointStep
from stock.notifications import named
from stock.views.purchase import page_of_purchase, purchase_or_404
from treasury.models import PaymentKind
from treasury.views.common import paid_or_waits, unless_waiting

Kind = JointStep.Kind


@require(Permission.PURCHASE_DECIDE)
def choose(request, pk):
    found = purchase_or_404(request, pk)
    offers = [offer for offer in queries.offers(found) if not offer.lacks]
    warning = _("After this nobody joins or leaves. The officer who chooses does not pay the supplier.")
    page = page_of_purchase(
        found,
        title=_("Choose the supplier"),
        action=_("Order there"),
        facts=[(offer.supplier, format_rupiah(offer.total)) for offer in offers],
        lead=warning if offers else _("No supplier has given a price for everything yet."),
    )
    initial = {"supplier": offers[0].supplier_id if offers else None}
    form = ChooseForm(request.POST or None, suppliers=[offer.supplier_id for offer in offers], initial=initial)
    done = _("Ordered. Everybody who takes part is notified.")
    return form_page(request, form, services.choose, found, by=request.user, page=page, done=done)


@require(Permission.STOCK_PAY)
def receive(request, pk):
    found = purchase_or_404(request, pk)
    page = page_of_purchase(
        found,
        title=_("It has arrived"),
        lead=_("Enter what really arrived and what the bill says. The cooperative owes it to the supplier from today."),
    )
    wanted = queries.totals(queries.needed(found))
    supplier = getattr(found.standing().get(Kind.CHOSEN), "supplier_id", None)
    chosen = next((offer for offer in queries.offers(found) if offer.supplier_id == supplier), None)
    prices = {item: worth(wanted[item], price) for item, price in chosen.prices} if chosen else {}
    return form_page(
        request,
        ReceiveForm(request.POST or None, wanted=wanted, prices=prices),
        services.receive,
        found,
        by=request.user,
        page=page,
        done=_("Received. Now share it out."),
        to=reverse("stock:share-out", args=[pk]),
    )


@require(Permission.STOCK_PAY)
def pay_supplier(request, pk):
    found = purchase_or_404(request, pk)
    chosen = found.standing().get(Kind.CHOSEN)
    page = page_of_purchase(
        found,
        title=_("Pay the supplier"),
        action=_("It is paid"),
        amount=queries.cost(found),
        lead=_("To {supplier}; a receipt is made.").format(supplier=chosen.supplier if chosen else ""),
        unavailable=unless_waiting(PaymentKind.SUPPLIER, found.pk),
    )
    form = PaySupplierForm(request.POST or None)
    done = paid_or_waits(done=_("The supplier is paid."))
    return form_page(request, form, services.pay_supplier, found, by=request.user, page=page, **done)


@require(Permission.PURCHASE_DECIDE)
def reverse_choice(request, pk):
    return _reverse(request, pk, [Kind.CHOSEN])


@require(Permission.STOCK_PAY)
def reverse_step(request, pk):
    return _reverse(request, pk, [Kind.RECEIVED, Kind.SHARED, Kind.PAID])


def _reverse(request, pk, kinds):
    visible = JointPurchase.objects.visible_to(request.user)
    rows = JointStep.objects.unreversed().filter(kind__in=kinds, purchase__in=visible)
    step = get_object_or_404(rows.select_related("purchase", "supplier", "by"), pk=pk)
    done_by = _("Done by {name} on {day}.").format(name=step.by.name, day=long_date(step.on))
    effects = {
        Kind.CHOSEN: _(
            "{supplier} is no longer the supplier. Members can change what they need, and the board chooses again."
        ),
        Kind.RECEIVED: _("The cooperative no longer owes this to the supplier. Then record what really arrived."),
        Kind.SHARED: _("This goes back out of the stocks, and nobody owes their part any more."),
        Kind.PAID: _("The money is back where it came from, and the cooperative owes it to the supplier again."),
    }
    shares = step.shares.select_related("member", "item__base_unit").order_by("member__name", "item__name")
    page = page_of_purchase(
        step.purchase,
        title=_("Reverse: {step}").format(step=step.get_kind_display()),
        action=_("Reverse it"),
        amount=queries.cost(step.purchase) if step.kind in (Kind.RECEIVED, Kind.PAID) else None,
        lead=f"{done_by} {effects[step.kind].format(supplier=step.supplier)}",
        facts=[
            (share.member.name, f"{named(share.quantity, share.item)} · {format_rupiah(share.amount)}")
            for share in shares
        ],
        consequences=[
            _(
                "The entry is reversed by an opposite entry; both stay in the books. Everybody who takes part is "
                "notified."
            )
        ],
        danger=True,
    )
    form = ReversalForm(request.POST or None)
    done = _("Reversed. Now do it again as it should be.")
    return form_page(request, form, services.reverse_step, step, by=request.user, page=page, done=done)
