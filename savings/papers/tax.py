"""The interest of a month and its tax: the sheet for everybody, the slip of one member."""

import datetime

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.dates import month_end
from core.documents import pdf
from core.http import download
from core.money import format_percent, format_rupiah
from core.workbook import Column, Sheet
from members.models import Member
from savings import queries


def tax_sheet(rows: list[queries.Slip], month: datetime.date, *, due_on: datetime.date | None) -> Sheet:
    """Every member's interest of a month with the tax, for handing it over."""
    title = _("Interest on savings {month}").format(month=date_format(month, "F Y"))
    return Sheet(
        title,
        columns=[
            Column(_("Slip")),
            Column(_("Number"), "number", total=False),
            Column(_("Name")),
            Column(_("Interest"), "rupiah"),
            Column(_("Tax"), "rupiah"),
            Column(_("After tax"), "rupiah"),
        ],
        rows=[(row.number, row.member_number, row.name, row.gross, row.tax, row.net) for row in rows],
    )


def slip_response(slip: queries.Slip, member: Member, *, rules, on: datetime.date):
    """The proof of what was withheld of a member's interest in a month, also where it was nothing."""
    return download(pdf("savings/tax/slip.typ", slip_facts(slip, member, rules=rules, on=on)), f"{slip.number}.pdf")


def slip_facts(slip: queries.Slip, member: Member, *, rules, on: datetime.date) -> dict:
    rate = format_percent(rules.rate_bp if rules and slip.tax else 0)
    return {
        "on": on,
        "title": _("Slip of tax withheld on interest on savings"),
        "number": slip.number,
        "labels": {"number": _("Number")},
        "facts": [
            [_("Name"), slip.name],
            [_("Member number"), str(slip.member_number)],
            [_("NIK"), member.masked_nik or "–"],
            [_("Month"), date_format(slip.month, "F Y")],
            [_("By"), rules.article if rules else "–"],
        ],
        "amounts": [
            [_("Interest of all savings"), slip.gross],
            [_("Final tax {rate}").format(rate=rate), slip.tax],
            [_("After tax"), slip.net],
        ],
        "note": _("Up to {limit} a month the tax is 0 %; above that it is on the whole interest.").format(
            limit=format_rupiah(rules.free_up_to)
        )
        if rules
        else "",
        "place": f"{settings.COOPERATIVE_CITY}, {date_format(month_end(slip.month), 'j F Y')}",
        "signatures": [{"office": _("Treasurer"), "name": ""}],
    }
