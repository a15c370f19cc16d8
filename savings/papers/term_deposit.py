"""Term deposits: the list as a sheet, and the certificate."""

import datetime

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.documents import pdf
from core.http import download
from core.money import format_percent, format_rupiah
from core.terbilang import terbilang
from core.workbook import Column, Sheet
from savings.models import TermDeposit


def term_deposits_sheet(deposits, *, on: datetime.date) -> Sheet:
    return Sheet(
        _("Term savings on {day}").format(day=date_format(on, "j F Y")),
        columns=[
            Column(_("Certificate")),
            Column(_("Number"), "number", total=False),
            Column(_("Name")),
            Column(_("Opened on"), "date"),
            Column(_("Ends on"), "date"),
            Column(_("Months"), "number", total=False),
            Column(_("Rate per year")),
            Column(_("Amount"), "rupiah"),
            Column(_("Ended on"), "date"),
            Column(_("How it ended")),
        ],
        rows=[
            (
                deposit.number,
                deposit.member.number,
                deposit.member.name,
                deposit.opened_on,
                deposit.matures_on,
                deposit.rules.months,
                format_percent(deposit.rules.rate_bp),
                deposit.amount,
                deposit.closed_on,
                str(deposit.get_ending_display()) if deposit.ending else "",
            )
            for deposit in deposits
        ],
    )


def certificate_response(deposit: TermDeposit, *, on: datetime.date):
    """The certificate of a term deposit, for the member to keep."""
    return download(
        pdf("savings/term_deposit/certificate.typ", certificate_facts(deposit, on=on)), f"{deposit.number}.pdf"
    )


def certificate_facts(deposit: TermDeposit, *, on: datetime.date) -> dict:
    rules = deposit.rules
    breaking = str(rules.get_early_break_display())
    if rules.early_break == rules.EarlyBreak.PENALTY:
        breaking = _("{rule} of {rate}").format(rule=breaking, rate=format_percent(rules.penalty_bp))
    return {
        "on": on,
        "title": _("Certificate of term savings"),
        "number": deposit.number,
        "labels": {"number": _("Number"), "holder": _("In the name of"), "words": _("In words")},
        "holder": str(deposit.member),
        "amount": deposit.amount,
        "words": terbilang(deposit.amount),
        "facts": [
            [_("Opened on"), date_format(deposit.opened_on, "j F Y")],
            [_("Ends on"), date_format(deposit.matures_on, "j F Y")],
            [_("Term"), _("{months} months").format(months=rules.months)],
            [_("Interest"), _("{rate} a year").format(rate=format_percent(rules.rate_bp))],
            [_("Interest is paid"), str(rules.get_paid_display())],
            [_("Interest of the whole term"), format_rupiah(deposit.earned(until=deposit.matures_on))],
            [_("At the end of the term"), str(deposit.get_renewal_display())],
            [_("When broken early"), breaking],
            [_("Decided in"), rules.decided_in.number],
        ],
        "note": _("It belongs to the member and is not transferable. Show it when ending the term at the counter."),
        "state": str(deposit.get_ending_display()) if deposit.ending else "",
        "place": f"{settings.COOPERATIVE_CITY}, {date_format(deposit.opened_on, 'j F Y')}",
        "signatures": [
            {"office": _("Chair"), "name": ""},
            {"office": _("Treasurer"), "name": deposit.opened_by.name},
        ],
    }
