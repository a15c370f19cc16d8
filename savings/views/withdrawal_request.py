"""Withdrawal requests in the browser: made by the member, decided and paid in the office."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit
from core.dates import today
from core.forms import ConfirmationForm, ReasonForm
from core.http import page_of, require
from core.money import format_rupiah
from core.pages import FormPage, form_page
from core.permissions import Permission
from savings import queries, services
from savings.forms.withdrawal_request import PayForm, RequestForm, WithdrawalRequestFilter
from savings.models import WithdrawalRequest
from savings.views.common import member_or_404, passbook_crumbs, with_receipt


def _crumbs(request, withdrawal):
    here = (_("Withdrawal request"), "savings:withdrawal-request", withdrawal.pk)
    return passbook_crumbs(request, withdrawal.member, here)


@require(Permission.SAVINGS_LIST)
def index(request):
    rows = WithdrawalRequest.objects.visible_to(request.user).select_related("member", "rules")
    found = WithdrawalRequestFilter(request.GET, queryset=rows.order_by("-asked_on", "-pk"))
    page = page_of(request, found.qs)
    page.object_list = [(withdrawal, withdrawal.state(as_of=today())) for withdrawal in page.object_list]
    return render(request, "savings/withdrawal_request/list.html", {"filter": found, "page": page})


@require(Permission.SAVINGS_ASK)
def request_withdrawal(request, pk):
    member = member_or_404(request, pk)
    saved = queries.balances(member, as_of=today())
    return form_page(
        request,
        RequestForm(request.POST or None),
        services.request_withdrawal,
        member,
        on=today(),
        by=request.user,
        page=lambda: FormPage(
            title=_("Ask for savings"),
            action=_("Send the request"),
            lead=_("Voluntary savings hold {amount}. The treasurer prepares the money and tells you.").format(
                amount=format_rupiah(saved.voluntary)
            ),
            crumbs=passbook_crumbs(request, member),
            above="savings/block/_blocks.html",
            context={"member": member, "blocks": queries.blocks(member, as_of=today())},
        ),
        done=lambda made: (
            _("The request is sent. The chair decides first.")
            if made.needs_approval
            else _("The request is sent to the treasurer.")
        ),
        to=lambda made: reverse("savings:withdrawal-request", args=[made.pk]),
    )


@require(Permission.SAVINGS_VIEW)
def detail(request, pk):
    withdrawal = _found(request, pk)
    context = {
        "withdrawal": withdrawal,
        "state": withdrawal.state(as_of=today()),
        "actions": queries.withdrawal_request_actions(withdrawal, user=request.user, as_of=today()),
        "events": audit.trail(withdrawal, reader=request.user),
    }
    return render(request, "savings/withdrawal_request/detail.html", context)


@require(Permission.SAVINGS_APPROVE)
def approve(request, pk):
    withdrawal = _found(request, pk)
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.approve_withdrawal,
        withdrawal,
        on=today(),
        by=request.user,
        page=FormPage(
            title=_("Approve the withdrawal"),
            amount=withdrawal.amount,
            consequences=[_("Another person pays it out (four eyes).")],
            crumbs=_crumbs(request, withdrawal),
        ),
        done=_("The withdrawal is approved. The treasurer can pay it out."),
    )


@require(Permission.SAVINGS_WITHDRAW)
def pay(request, pk):
    withdrawal = _found(request, pk)
    how = withdrawal.account or withdrawal.get_channel_display()
    return form_page(
        request,
        PayForm(request.POST or None, wanted=withdrawal.channel),
        services.pay_withdrawal,
        withdrawal,
        by=request.user,
        page=FormPage(
            title=_("Pay out savings"),
            action=_("Pay out"),
            amount=withdrawal.amount,
            consequences=[_("{name} receives the money {how}.").format(name=withdrawal.member.name, how=how)],
            crumbs=_crumbs(request, withdrawal),
        ),
        done=lambda movement: with_receipt(_("{amount} paid out."), movement),
    )


@require(Permission.SAVINGS_WITHDRAW)
def refuse(request, pk):
    withdrawal = _found(request, pk)
    return form_page(
        request,
        ReasonForm(request.POST or None),
        services.refuse_withdrawal,
        withdrawal,
        on=today(),
        by=request.user,
        page=FormPage(
            title=_("Refuse the withdrawal"),
            lead=_("{name} asked for {amount}. Say why it is not possible, and what would help.").format(
                name=withdrawal.member.name, amount=format_rupiah(withdrawal.amount)
            ),
            danger=True,
            crumbs=_crumbs(request, withdrawal),
        ),
        done=_("The request is refused. The member can read the reason."),
    )


@require(Permission.SAVINGS_ASK)
def cancel(request, pk):
    withdrawal = _found(request, pk)
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.cancel_withdrawal,
        withdrawal,
        on=today(),
        by=request.user,
        page=FormPage(
            title=_("Cancel the withdrawal request"),
            amount=withdrawal.amount,
            danger=True,
            crumbs=_crumbs(request, withdrawal),
        ),
        done=_("The withdrawal request is cancelled."),
    )


def _found(request, pk) -> WithdrawalRequest:
    rows = WithdrawalRequest.objects.visible_to(request.user).select_related(
        "member", "rules__decided_in", "asked_by", "approved_by", "refused_by", "movement__receipt"
    )
    return get_object_or_404(rows, pk=pk)
