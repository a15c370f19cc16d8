"""What leaves the house about savings: the passbook as PDF, lists as sheets, the words of a reminder."""

import datetime

from django.conf import settings
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.dates import month_end
from core.documents import pdf
from core.http import download
from core.money import format_percent, format_rupiah
from core.terbilang import terbilang
from core.workbook import Column, Sheet
from members.models import Member
from savings import queries
from savings.models import Movement, TermDeposit


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


def terms_sheet(deposits, *, on: datetime.date) -> Sheet:
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
    return download(pdf("savings/certificate.typ", certificate_facts(deposit, on=on)), f"{deposit.number}.pdf")


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
        "note": _("It belongs to the member and is not passed on. Show it when the term is ended at the counter."),
        "state": str(deposit.get_ending_display()) if deposit.ending else "",
        "place": f"{settings.COOPERATIVE_CITY}, {date_format(deposit.opened_on, 'j F Y')}",
        "signatures": [
            {"office": _("Chair"), "name": ""},
            {"office": _("Treasurer"), "name": deposit.opened_by.name},
        ],
    }


def tax_sheet(rows: list[queries.Slip], month: datetime.date, *, due_on: datetime.date | None) -> Sheet:
    """Every member's interest of a month with the tax, for handing it over."""
    title = _("Interest on savings {month}").format(month=month_name(month))
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
    return download(pdf("savings/slip.typ", slip_facts(slip, member, rules=rules, on=on)), f"{slip.number}.pdf")


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
            [_("Month"), month_name(slip.month)],
            [_("By"), rules.article if rules else "–"],
        ],
        "amounts": [
            [_("Interest of all savings"), slip.gross],
            [_("Final tax {rate}").format(rate=rate), slip.tax],
            [_("After tax"), slip.net],
        ],
        "note": _("Up to {limit} a month the tax is 0 %; above it, it is on the whole interest.").format(
            limit=format_rupiah(rules.free_up_to)
        )
        if rules
        else "",
        "place": f"{settings.COOPERATIVE_CITY}, {date_format(month_end(slip.month), 'j F Y')}",
        "signatures": [{"office": _("Treasurer"), "name": ""}],
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
