"""What leaves the house about savings: the passbook as PDF, lists as sheets, the words of a reminder."""

import datetime

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.documents import pdf
from core.http import download
from core.money import format_rupiah
from core.workbook import Column, Sheet
from members.models import Member
from savings import queries
from savings.models import Movement


def month_name(month: datetime.date) -> str:
    return date_format(month, "F Y")


def owed_span(row: queries.Obligation) -> str:
    """`October 2026` or `August 2026 to October 2026`."""
    if row.owed_from >= row.due_until:
        return month_name(row.due_until)
    return _("{first} to {last}").format(first=month_name(row.owed_from), last=month_name(row.due_until))


def reminder(row: queries.Obligation) -> str:
    """The WhatsApp words: friendly, with the months and the amount."""
    return _(
        "Good day {name}. A reminder from KOKKMAS: mandatory savings of {months} are open, together {amount}. "
        "You can pay them to the treasurer or at the meeting on the 12th. Thank you."
    ).format(name=row.name, months=owed_span(row), amount=format_rupiah(row.owed))


def savings_sheet(members, *, on: datetime.date) -> Sheet:
    """Every member's savings by kind; the sums are formulas."""
    return Sheet(
        _("Savings on {day}").format(day=date_format(on, "j F Y")),
        columns=[
            Column(_("Number"), "number", total=False),
            Column(_("Name")),
            Column(capfirst(Movement.Kind.PRINCIPAL.label), "rupiah", name="principal"),
            Column(capfirst(Movement.Kind.MANDATORY.label), "rupiah", name="mandatory"),
            Column(capfirst(Movement.Kind.VOLUNTARY.label), "rupiah", name="voluntary"),
            Column(_("Total"), "rupiah"),
        ],
        rows=[
            (member.number, member.name, member.principal, member.mandatory, member.voluntary, member.saved)
            for member in members
        ],
    )


def unpaid_sheet(rows: list[queries.Obligation], *, on: datetime.date) -> Sheet:
    return Sheet(
        _("Unpaid mandatory savings on {day}").format(day=date_format(on, "j F Y")),
        columns=[
            Column(_("Number"), "number", total=False),
            Column(_("Name")),
            Column(_("Telephone")),
            Column(_("Paid until"), "month"),
            Column(_("Months"), "number", total=False),
            Column(_("Owed"), "rupiah"),
        ],
        rows=[(row.number, row.name, str(row.phone), row.paid_until, row.owed_months, row.owed) for row in rows],
    )


def passbook_response(member: Member, *, on: datetime.date):
    """The passbook as a PDF to print or to keep."""
    return download(pdf("savings/passbook.typ", passbook_facts(member, on=on)), f"buku-simpanan-{member.number}.pdf")


def passbook_facts(member: Member, *, on: datetime.date) -> dict:
    movements = queries.passbook(member)
    saved = queries.balances(member, as_of=on)
    money_in = sum(movement.amount for movement in movements if movement.is_deposit)
    money_out = sum(movement.amount for movement in movements if not movement.is_deposit)
    return {
        "on": on,
        "title": _("Savings passbook"),
        "member": [
            [_("Number"), member.number or "–"],
            [_("Name"), member.name],
            [_("Member since"), member.entered_on or "–"],
        ],
        "balances": [
            *([capfirst(kind.label), saved.of(kind)] for kind in Movement.Kind),
            [_("Total"), saved.total],
        ],
        "columns": [_("Date"), _("Receipt"), _("What"), _("In"), _("Out"), _("Balance")],
        "rows": [_paper_row(movement) for movement in movements],
        "total": ["", "", _("Sum"), money_in, money_out, saved.total],
        "note": _("The balance in each row is that of its own kind of savings."),
        "place": f"Yogyakarta, {date_format(on, 'j F Y')}",
        "signatures": [{"office": _("Treasurer"), "name": ""}, {"office": _("Member"), "name": member.name}],
    }


def _paper_row(movement: Movement) -> list:
    what = capfirst(movement.get_kind_display())
    return [
        date_format(movement.on, "d/m/y"),
        movement.receipt.number if movement.receipt else "–",
        _("Reversal: {what}").format(what=what) if movement.reverses_id else what,
        movement.amount if movement.is_deposit else None,
        None if movement.is_deposit else movement.amount,
        movement.balance,
    ]
