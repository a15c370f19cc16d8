"""The passbook as a PDF."""

import datetime

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.documents import pdf
from core.http import download
from ledger import papers as ledger_papers
from members.models import Member
from savings import queries
from savings.models import Movement

SHORT = {
    Movement.Kind.PRINCIPAL: gettext_lazy("Principal"),
    Movement.Kind.MANDATORY: gettext_lazy("Mandatory"),
    Movement.Kind.VOLUNTARY: gettext_lazy("Voluntary"),
    Movement.Kind.TERM: gettext_lazy("Term"),
}


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
    kinds = [kind for kind in Movement.Kind if any(movement.kind == kind for movement in movements)]
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
        "columns": [
            *((heading, "text") for heading in (_("Date"), _("Receipt"))),
            (_("What"), "wide"),
            *((heading, "number") for heading in (_("In"), _("Out"), *(SHORT[kind] for kind in kinds))),
        ],
        "rows": _paper_rows(movements, kinds),
        "total": ["", "", _("Sum"), money_in, money_out, *(saved.of(kind) for kind in kinds)],
        "note": _("Under each kind of savings stands its balance after the row."),
        "seals": ledger_papers.seals(until=on),
        "place": f"Yogyakarta, {date_format(on, 'j F Y')}",
        "signatures": [{"office": _("Treasurer"), "name": ""}, {"office": _("Member"), "name": member.name}],
    }


def _paper_rows(movements: list[Movement], kinds: list[str]) -> list[list]:
    """One row for each movement, with the balance of every kind after it."""
    held, rows = dict.fromkeys(kinds, 0), []
    for movement in movements:
        held[movement.kind] = movement.balance
        what = capfirst(movement.what)
        rows.append(
            [
                date_format(movement.on, "d/m/y"),
                movement.receipt.number if movement.receipt else "–",
                _("Reversal: {what}").format(what=what) if movement.reverses_id else what,
                movement.amount if movement.is_deposit else None,
                None if movement.is_deposit else movement.amount,
                *held.values(),
            ]
        )
    return rows
