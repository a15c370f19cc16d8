"""What a former member, or the heir, gets in hand: the settlement of savings and debts."""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.documents import pdf
from core.money import format_rupiah
from departures.models import Departure


def statement_paper(departure: Departure, *, on: datetime.date) -> bytes:
    return pdf("loans/schedule/schedule.typ", statement_facts(departure, on=on))


def statement_facts(departure: Departure, *, on: datetime.date) -> dict:
    member, day = departure.member, lambda date: date_format(date, "j F Y")
    facts = [
        [_("Member"), str(member)],
        [_("Member from – to"), f"{day(member.entered_on)} – {day(member.left_on)}"],
        [_("How the membership ended"), departure.get_kind_display()],
        [_("Agreed to by"), departure.approved_by.name],
    ]
    if departure.decision:
        facts.append([_("Decided in"), str(departure.decision)])
    if departure.heir_name:
        facts.append([_("Heir"), f"{departure.heir_name} ({departure.heir_relation})"])
    facts.append([_("To pay by"), day(departure.pay_by)])
    if departure.paid_on:
        facts.append([_("Paid"), f"{day(departure.paid_on)}, {departure.receipt.number}"])
    if departure.claims:
        facts.append([_("On written-off loans"), format_rupiah(departure.claims)])
    if departure.still_owed:
        facts.append([_("Still owed on loans"), format_rupiah(departure.still_owed)])
    lines = [
        (_("principal savings"), departure.principal),
        (_("mandatory savings"), departure.mandatory),
        (_("voluntary savings"), departure.voluntary),
        (_("SHU not fetched yet"), departure.shu),
        (_("set off against loans"), -departure.set_off),
    ]
    rows = [[str(place), *line] for place, line in enumerate((line for line in lines if line[1]), start=1)]
    return {
        "on": on,
        "title": _("Settlement on leaving"),
        "facts": facts,
        "columns": [_("No."), _("What"), _("Amount")],
        "rows": rows,
        "total": ["", _("To pay"), departure.to_pay],
        "place": f"Yogyakarta, {day(on)}",
        "signatures": [
            {"office": _("Chair"), "name": ""},
            {"office": _("Treasurer"), "name": ""},
            {"office": _("Heir") if departure.heir_name else _("Former member"), "name": departure.payee},
        ],
    }
