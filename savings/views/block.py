"""Blocking savings by hand in the browser, and releasing them."""

from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.dates import today
from core.forms import DayForm
from core.http import require
from core.money import format_rupiah
from core.pages import FormPage, form_page
from core.permissions import Permission
from savings import queries, services
from savings.forms.block import BlockForm
from savings.models import Block
from savings.views.common import member_or_404, passbook_crumbs


@require(Permission.SAVINGS_BLOCK)
def block(request, pk):
    member = member_or_404(request, pk)
    return form_page(
        request,
        BlockForm(request.POST or None),
        services.block_by_hand,
        member,
        by=request.user,
        page=lambda: FormPage(
            title=_("Block savings"),
            action=pgettext("savings", "Block"),
            lead=_(
                "Part of the voluntary savings of {name} stays and is not paid out until an officer releases it. "
                "{free} can be blocked."
            ).format(name=member.name, free=format_rupiah(max(queries.lowest_free(member, since=today()), 0))),
            icon="lock",
            crumbs=passbook_crumbs(request, member),
            above="savings/block/_blocks.html",
            aside="savings/balance/_balances.html",
            context={
                "member": member,
                "balances": queries.balances(member, as_of=today()),
                "blocks": queries.blocks(member, as_of=today()),
            },
        ),
        done=lambda made: _("{amount} is blocked; {name} was told.").format(
            amount=format_rupiah(made.amount), name=member.name
        ),
    )


@require(Permission.SAVINGS_BLOCK)
def release(request, pk):
    found = Block.objects.visible_to(request.user).filter(is_by_hand=True, released_on=None)
    block = get_object_or_404(found.select_related("member__user", "blocked_by"), pk=pk)
    return form_page(
        request,
        DayForm(request.POST or None, label=_("Free from")),
        services.release,
        block,
        by=request.user,
        page=lambda: FormPage(
            title=_("Release savings of {name}").format(name=block.member.name),
            action=pgettext("savings", "Release"),
            lead=_("Blocked by {by} on {day}: {reason}").format(
                by=block.blocked_by.name, day=date_format(block.blocked_on, "j F Y"), reason=block.reason
            ),
            amount=block.amount,
            consequences=[_("{name} can take this out again.").format(name=block.member.name)],
            crumbs=passbook_crumbs(request, block.member),
        ),
        done=_("The savings are free again; {name} was told.").format(name=block.member.name),
    )
