"""What the pages of savings share."""

import datetime

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from core.money import format_rupiah
from core.pages import crumbs
from core.permissions import Permission
from members.models import Member
from savings.models import Movement
from treasury.models import PaymentRequest


def member_or_404(request, pk) -> Member:
    return get_object_or_404(Member.objects.visible_to(request.user), pk=pk)


def month_or_404(text) -> datetime.date:
    try:
        return datetime.date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise Http404 from error


def passbook_crumbs(request, member: Member, *below: tuple) -> list[tuple[str, str]]:
    """Home, the list for those who may see it, the passbook of `member`, and the pages `below` it."""
    reads_all = request.user.can(Permission.SAVINGS_LIST)
    passbook = (member.name if reads_all else _("My savings"), "savings:passbook", member.pk)
    return crumbs(*([(_("Savings"), "savings:list")] if reads_all else []), passbook, *below)


def waits(made) -> str:
    """The sentence with a link where a payment waits for its second approval, empty where it is booked."""
    if not isinstance(made, PaymentRequest):
        return ""
    return format_html(
        "{} <a href='{}'>{}</a>",
        _("This is above what one officer books alone."),
        reverse("treasury:request", args=[made.pk]),
        _("It waits for a second approval."),
    )


def with_receipt(sentence: str, made: Movement | PaymentRequest):
    """The sentence with the amount, and a link to the receipt."""
    return waits(made) or format_html(
        "{} <a href='{}'>{}</a>",
        sentence.format(amount=format_rupiah(made.amount)),
        reverse("ledger:receipt", args=[made.receipt_id]),
        _("Receipt {number} is ready to print.").format(number=made.receipt.number),
    )
