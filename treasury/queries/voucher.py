"""Vouchers, and those that come again and are due."""

import datetime

from core import dates
from treasury.models import PaymentKind, PaymentRequest, Voucher, VoucherTemplate


def vouchers():
    """All vouchers, the newest first, with what a list shows."""
    return Voucher.objects.select_related("category", "by").order_by("-on", "-pk")


def offered_templates(*, as_of: datetime.date):
    rows = VoucherTemplate.objects.exclude(ended_on__lte=as_of).select_related("category")
    return rows.order_by("name")


def about(template: VoucherTemplate, month: datetime.date) -> str:
    """What a payment request of a template is about: it waits once for a month."""
    return f"template:{template.pk}:{month:%Y-%m}"


def due_templates(*, as_of: datetime.date) -> list[VoucherTemplate]:
    """Templates with a day of the month that has come, for whose month no voucher stands and no payment waits."""
    month = dates.month_start(as_of)
    posted = set(Voucher.objects.unreversed().filter(due_month=month).values_list("template", flat=True))
    waiting = set(PaymentRequest.objects.waiting().filter(kind=PaymentKind.VOUCHER).values_list("about", flat=True))
    return [
        template
        for template in offered_templates(as_of=as_of).filter(day_of_month__lte=as_of.day)
        if template.pk not in posted and about(template, month) not in waiting
    ]
