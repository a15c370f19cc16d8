"""Everybody's savings as a sheet."""

import datetime

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.workbook import Column, Sheet
from savings.models import Movement


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
            Column(capfirst(Movement.Kind.TERM.label), "rupiah", name="term"),
            Column(_("Total"), "rupiah"),
        ],
        rows=[
            (
                member.number,
                member.name,
                member.principal,
                member.mandatory,
                member.voluntary,
                member.term,
                member.saved,
            )
            for member in members
        ],
    )
