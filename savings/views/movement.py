"""A member's savings in the browser: the passbook, receiving, paying out, reversing."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.dates import today
from core.http import page_of, require, submit
from core.permissions import Permission
from members.models import Member
from savings import papers, queries, services
from savings.forms.movement import DepositForm, JoinForm, PassbookFilter, ReversalForm, WithdrawalForm
from savings.models import Movement
from savings.views.common import say_done


@require(Permission.SAVINGS_VIEW)
def passbook(request, pk):
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    chosen = PassbookFilter(request.GET)
    movements = chosen.chosen(queries.passbook(member))[::-1]
    saved, blocks = queries.balances(member, as_of=today()), list(queries.blocks(member, as_of=today()))
    context = {
        "member": member,
        "balances": saved,
        "blocks": blocks,
        "free": saved.voluntary - sum(block.amount for block in blocks),
        "terms": queries.running_term_deposits(member, as_of=today()),
        "withdrawal": member.withdrawal_requests.unanswered(as_of=today()).select_related("rules").first(),
        "obligation": queries.obligation(member, as_of=today()),
        "first": None if member.entered_on else queries.first_savings(as_of=today()),
        "filter": chosen,
        "page": page_of(request, movements, 30),
    }
    return render(request, "savings/movement/passbook.html", context)


@require(Permission.SAVINGS_VIEW)
def passbook_paper(request, pk):
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    return papers.passbook_response(member, on=today())


@require(Permission.SAVINGS_DEPOSIT)
def deposit(request, pk):
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    obligation, saved = queries.obligation(member, as_of=today()), queries.balances(member, as_of=today())
    first = queries.first_savings(as_of=today())
    form = DepositForm(
        request.POST or None,
        initial=_what_is_owed(obligation),
        principal_is_paid=first is None or saved.principal >= first.principal,
    )
    if form.is_valid() and (made := submit(form, services.deposit, member, by=request.user, **form.facts)):
        say_done(request, made, _("Deposit of {amount} received."))
        return redirect("savings:passbook", member.pk)
    context = {"member": member, "form": form, "obligation": obligation, "balances": saved}
    return render(request, "savings/deposit.html", context)


@require(Permission.SAVINGS_WITHDRAW)
def withdraw(request, pk):
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    form = WithdrawalForm(request.POST or None)
    if form.is_valid():
        facts = form.facts | {"kind": Movement.Kind.VOLUNTARY, "by": request.user}
        if made := submit(form, services.withdraw, member, **facts):
            say_done(request, made, _("{amount} paid out."))
            return redirect("savings:passbook", member.pk)
    context = {
        "member": member,
        "form": form,
        "balances": queries.balances(member, as_of=today()),
        "blocks": queries.blocks(member, as_of=today()),
    }
    return render(request, "savings/withdraw.html", context)


@require(Permission.SAVINGS_JOIN)
def join(request, pk):
    """What somebody who was admitted pays now; receiving it makes a member of them."""
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    form = JoinForm(request.POST or None)
    if form.is_valid() and (made := submit(form, services.join, member, by=request.user, **form.facts)):
        say_done(request, made, _("{member} is a member now.").format(member=made.member))
        return redirect("savings:passbook", member.pk)
    context = {"member": member, "form": form, "first": queries.first_savings(as_of=today())}
    return render(request, "savings/join.html", context)


@require(Permission.SAVINGS_REVERSE)
def reverse_movement(request, pk):
    # Without a receipt no money changed hands: another book put it here, and undoes it together with its own side.
    movements = Movement.objects.visible_to(request.user).filter(receipt__isnull=False)
    movement = get_object_or_404(movements.select_related("member", "receipt", "entry"), pk=pk)
    form = ReversalForm(request.POST or None)
    if form.is_valid() and submit(form, services.reverse, movement, by=request.user, **form.facts):
        messages.success(request, _("The booking is reversed. Both stay in the passbook."))
        return redirect("savings:passbook", movement.member_id)
    return render(request, "savings/reverse.html", {"movement": movement, "form": form})


def _what_is_owed(obligation):
    """The first guess of a deposit form: what is due of the mandatory savings, or one more voluntary deposit."""
    if obligation and obligation.owed:
        return {"kind": Movement.Kind.MANDATORY, "amount": obligation.owed}
    return {"kind": Movement.Kind.VOLUNTARY}
