"""Sharing out a joint purchase and receiving the shares' money in the browser."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from core.dates import long_date
from core.forms import DayForm, ReversalForm
from core.http import require
from core.money import format_rupiah
from core.pages import form_page
from core.permissions import Permission
from ledger.channels import Channel
from members.models import Member
from stock import queries, services
from stock.forms.share import ShareForm
from stock.models import JointPayment, JointPurchase
from stock.notifications import named
from stock.views.purchase import page_of_purchase, purchase_or_404


@require(Permission.STOCK_PAY)
def share_out(request, pk):
    """What each gets and owes, before it happens."""
    found = purchase_or_404(request, pk)
    page = page_of_purchase(
        found,
        title=_("Share it out"),
        amount=queries.cost(found),
        lead=_("The material goes into each stock, and each member owes their part until it is paid."),
        facts=[
            (member.name, f"{format_rupiah(share.amount)} · {named(share.quantity, item)}")
            for member, item, share in queries.shares_to_be(found)
        ],
    )
    form = DayForm(request.POST or None)
    done = _("Shared out. Everybody has been told what to pay.")
    return form_page(request, form, services.share_out, found, by=request.user, page=page, done=done)


@require(Permission.STOCK_PAY)
def pay_share(request, pk, member):
    found, who = purchase_or_404(request, pk), get_object_or_404(Member, pk=member)
    owed = queries.unpaid(found).get(who.pk, 0)
    page = page_of_purchase(
        found,
        title=_("Receive a share"),
        action=_("Receive"),
        lead=_("{name} owes {owed}.").format(name=who.name, owed=format_rupiah(owed)),
    )

    def done(paid):
        return _("{amount} of {member} received.").format(amount=format_rupiah(paid.amount), member=who.name)

    form = ShareForm(request.POST or None, initial={"amount": owed or None})
    facts = {"member": who, "by": request.user}
    return form_page(request, form, services.pay_share, found, page=page, done=done, **facts)


@require(Permission.STOCK_PAY)
def reverse_share_payment(request, pk):
    visible = JointPurchase.objects.visible_to(request.user)
    rows = JointPayment.objects.unreversed().filter(step__purchase__in=visible)
    payment = get_object_or_404(rows.select_related("step__purchase", "member"), pk=pk)
    paid = _("Paid by {name} on {day}, {channel}.").format(
        name=payment.member.name, day=long_date(payment.on), channel=payment.get_channel_display()
    )
    page = page_of_purchase(
        payment.step.purchase,
        title=_("Reverse the payment"),
        action=_("Reverse it"),
        amount=payment.amount,
        lead=paid,
        consequences=[
            _("The money goes back to the member, who owes the share again. The receipt stays in the series.")
            if Channel(payment.channel).makes_receipt
            else _("The money goes back into the savings, and the member owes the share again.")
        ],
        danger=True,
    )
    form = ReversalForm(request.POST or None)
    done = _("Reversed. {member} owes it again.").format(member=payment.member.name)
    return form_page(request, form, services.reverse_share_payment, payment, by=request.user, page=page, done=done)
