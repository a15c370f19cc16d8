"""Withdrawal requests in the browser: asked on the telephone, decided and paid in the office."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core import audit
from core.dates import today
from core.http import page_of, require, submit
from core.permissions import Permission
from savings import queries, services
from savings.forms.withdrawal_request import AskForm, ConfirmForm, PayForm, RefuseForm, WithdrawalRequestFilter
from savings.models import WithdrawalRequest
from savings.views.common import member_or_404, say_done


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
    form = AskForm(request.POST or None)
    if form.is_valid() and (
        withdrawal := submit(form, services.request_withdrawal, member, on=today(), by=request.user, **form.facts)
    ):
        messages.success(
            request,
            _("The request is sent. The chair decides first.")
            if withdrawal.needs_approval
            else _("The request is sent to the treasurer."),
        )
        return redirect("savings:withdrawal-request", withdrawal.pk)
    context = {
        "member": member,
        "form": form,
        "balances": queries.balances(member, as_of=today()),
        "blocks": queries.blocks(member, as_of=today()),
    }
    return render(request, "savings/ask.html", context)


@require(Permission.SAVINGS_VIEW)
def detail(request, pk):
    withdrawal = _found(request, pk)
    context = {
        "withdrawal": withdrawal,
        "state": withdrawal.state(as_of=today()),
        "is_own": request.user.pk in (withdrawal.member.user_id, withdrawal.asked_by_id),
        "may_answer": request.user.pk != withdrawal.member.user_id,
        "events": audit.trail(withdrawal, reader=request.user),
    }
    return render(request, "savings/withdrawal_request/detail.html", context)


@require(Permission.SAVINGS_APPROVE)
def approve(request, pk):
    withdrawal = _found(request, pk)
    form = ConfirmForm(request.POST or None)
    if form.is_valid() and submit(form, services.approve_withdrawal, withdrawal, on=today(), by=request.user):
        messages.success(request, _("The withdrawal is approved. The treasurer can pay it out."))
        return redirect("savings:withdrawal-request", pk)
    context = {
        "withdrawal": withdrawal,
        "form": form,
        "consequences": [_("Another person pays it out (four eyes).")],
    }
    return render(request, "savings/approve.html", context)


@require(Permission.SAVINGS_WITHDRAW)
def pay(request, pk):
    withdrawal = _found(request, pk)
    form = PayForm(request.POST or None)
    if form.is_valid() and (
        movement := submit(form, services.pay_withdrawal, withdrawal, by=request.user, **form.facts)
    ):
        say_done(request, movement, _("{amount} paid out."))
        return redirect("savings:withdrawal-request", pk)
    where = withdrawal.account or withdrawal.get_through_display()
    context = {
        "withdrawal": withdrawal,
        "form": form,
        "consequences": [_("{name} receives the money {how}.").format(name=withdrawal.member.name, how=where)],
    }
    return render(request, "savings/pay.html", context)


@require(Permission.SAVINGS_WITHDRAW)
def refuse(request, pk):
    withdrawal = _found(request, pk)
    form = RefuseForm(request.POST or None)
    if form.is_valid() and submit(
        form, services.refuse_withdrawal, withdrawal, on=today(), by=request.user, **form.facts
    ):
        messages.success(request, _("The request is refused. The member can read the reason."))
        return redirect("savings:withdrawal-request", pk)
    return render(request, "savings/refuse.html", {"withdrawal": withdrawal, "form": form})


@require(Permission.SAVINGS_ASK)
def cancel(request, pk):
    withdrawal = _found(request, pk)
    form = ConfirmForm(request.POST or None)
    if form.is_valid() and submit(form, services.cancel_withdrawal, withdrawal, on=today(), by=request.user):
        messages.success(request, _("The request is taken back."))
        return redirect("savings:withdrawal-request", pk)
    return render(request, "savings/take_back.html", {"withdrawal": withdrawal, "form": form})


def _found(request, pk) -> WithdrawalRequest:
    rows = WithdrawalRequest.objects.visible_to(request.user).select_related(
        "member", "rules__decided_in", "asked_by", "approved_by", "refused_by", "movement__receipt"
    )
    return get_object_or_404(rows, pk=pk)
