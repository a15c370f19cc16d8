"""The passbook as a PDF."""

import datetime

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.documents import pdf
from core.http import download
from members.models import Member
from savings import queries
from savings.models import Movement


def passbook_response(member: Member, *, on: datetime.date):
    """The passbook as a PDF to print or to keep."""
    return download(
        pdf("savings/movement/passbook.typ", passbook_facts(member, on=on)), f"buku-simpanan-{member.number}.pdf"
    )


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
        "note": _("The balance in each row is that of its kind of savings."),
        "place": f"Yogyakarta, {date_format(on, 'j F Y')}",
        "signatures": [{"office": _("Treasurer"), "name": ""}, {"office": _("Member"), "name": member.name}],
    }


def _paper_row(movement: Movement) -> list:
    what = capfirst(movement.what)
    return [
        date_format(movement.on, "d/m/y"),
        movement.receipt.number if movement.receipt else "–",
        _("Reversal: {what}").format(what=what) if movement.reverses_id else what,
        movement.amount if movement.is_deposit else None,
        None if movement.is_deposit else movement.amount,
        movement.balance,
    ]
