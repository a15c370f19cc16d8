"""Blocking savings by hand in the browser, and letting them go."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.dates import today
from core.http import require, submit
from core.money import format_rupiah
from core.permissions import Permission
from savings import queries, services
from savings.forms.block import BlockForm, ReleaseForm
from savings.models import Block
from savings.views.common import member_or_404


@require(Permission.SAVINGS_BLOCK)
def block(request, pk):
    member = member_or_404(request, pk)
    form = BlockForm(request.POST or None)
    if form.is_valid() and (made := submit(form, services.block_by_hand, member, by=request.user, **form.facts)):
        messages.success(
            request,
            _("{amount} is blocked; {name} was told.").format(amount=format_rupiah(made.amount), name=member.name),
        )
        return redirect("savings:passbook", pk)
    context = {
        "member": member,
        "form": form,
        "balances": queries.balances(member, as_of=today()),
        "blocks": queries.blocks(member, as_of=today()),
        "free": max(queries.lowest_free(member, since=today()), 0),
    }
    return render(request, "savings/block.html", context)


@require(Permission.SAVINGS_BLOCK)
def release(request, pk):
    found = Block.objects.visible_to(request.user).filter(is_by_hand=True, released_on=None)
    block = get_object_or_404(found.select_related("member__user", "blocked_by"), pk=pk)
    form = ReleaseForm(request.POST or None)
    if form.is_valid() and submit(form, services.release, block, by=request.user, **form.facts):
        messages.success(request, _("The savings are free again; {name} was told.").format(name=block.member.name))
        return redirect("savings:passbook", block.member_id)
    consequences = [_("{name} can take this out again.").format(name=block.member.name)]
    context = {"held": block, "member": block.member, "form": form, "consequences": consequences}
    return render(request, "savings/release.html", context)
