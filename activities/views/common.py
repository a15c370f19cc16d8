"""What the pages of the activities share."""

from django.contrib import messages
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from core.money import format_rupiah


def say_received(request, receipt):
    messages.success(
        request,
        format_html(
            "{} <a href='{}'>{}</a>",
            _("Dues of {amount} received.").format(amount=format_rupiah(receipt.amount)),
            reverse("ledger:receipt", args=[receipt.pk]),
            _("Receipt {number} is ready to print.").format(number=receipt.number),
        ),
    )
