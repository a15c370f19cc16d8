"""What the pages of savings share."""

import datetime

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from core.money import format_rupiah
from members.models import Member


def member_or_404(request, pk) -> Member:
    return get_object_or_404(Member.objects.visible_to(request.user), pk=pk)


def say_done(request, movement, sentence) -> None:
    """The sentence with the amount, and the way to the receipt."""
    receipt = movement.receipt
    messages.success(
        request,
        format_html(
            "{} <a href='{}'>{}</a>",
            sentence.format(amount=format_rupiah(movement.amount)),
            reverse("ledger:receipt", args=[receipt.pk]),
            _("Receipt {number} is ready to print.").format(number=receipt.number),
        ),
    )


def month_or_404(text) -> datetime.date:
    try:
        return datetime.date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise Http404 from error
