"""Vouchers, and those that come again and are due."""

import calendar
import datetime

from treasury.models import Voucher, VoucherTemplate


def vouchers():
    """All vouchers, the newest first, with what a list shows."""
    return Voucher.objects.select_related("category", "by").order_by("-on", "-pk")


def offered_templates(*, as_of: datetime.date):
    rows = VoucherTemplate.objects.exclude(ended_on__lte=as_of).select_related("category")
    return rows.order_by("name")


def due_templates(*, as_of: datetime.date) -> list[VoucherTemplate]:
    """Templates with a day of the month that has come, for which no voucher of this month stands."""
    first = as_of.replace(day=1)
    last = as_of.replace(day=calendar.monthrange(as_of.year, as_of.month)[1])
    posted = set(
        Voucher.objects.filter(on__range=(first, last)).unreversed().values_list("category_id", "payee", "unit")
    )
    return [
        template
        for template in offered_templates(as_of=as_of).filter(day_of_month__lte=as_of.day)
        if (template.category_id, template.payee, template.unit) not in posted
    ]
