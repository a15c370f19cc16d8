"""Standing consent in the browser: given and stopped on the passbook."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from core.dates import today
from core.forms import ConfirmationForm
from core.http import require
from core.pages import FormPage, form_page
from core.permissions import Permission
from savings import queries, services
from savings.forms.standing_order import StandingOrderForm
from savings.models import StandingOrder
from savings.views.common import member_or_404, passbook_crumbs


@require(Permission.SAVINGS_ASK)
def give_standing_order(request, pk):
    member = member_or_404(request, pk)
    return form_page(
        request,
        StandingOrderForm(request.POST or None),
        services.give_standing_order,
        member,
        on=today(),
        by=request.user,
        page=lambda: FormPage(
            title=_("Pay out of savings every month"),
            action=_("Give the consent"),
            lead=_("What is due is taken out of the voluntary savings. It can be stopped at any time."),
            crumbs=passbook_crumbs(request, member),
            aside="savings/balance/_balances.html",
            context={"balances": queries.balances(member, as_of=today())},
        ),
        done=_("The consent is given. A message says what was paid each month."),
    )


@require(Permission.SAVINGS_ASK)
def end_standing_order(request, pk):
    rows = StandingOrder.objects.visible_to(request.user).filter(ended_on=None).select_related("member")
    order = get_object_or_404(rows, pk=pk)
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.end_standing_order,
        order,
        on=today(),
        by=request.user,
        page=FormPage(
            title=_("Stop the consent"),
            action=_("Stop"),
            lead=_("From today on nothing is taken out of the voluntary savings for {purpose}.").format(
                purpose=order.get_purpose_display()
            ),
            danger=True,
            crumbs=passbook_crumbs(request, order.member),
        ),
        done=_("The consent is stopped."),
    )
