"""What is printed and exported of cash and bank. How it looks stands in templates/treasury/*.typ."""

import datetime

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import documents
from core.terbilang import terbilang
from core.workbook import Column, Sheet
from ledger.models import Entry
from treasury.models import CashCount, Journal, Transfer, Voucher
from treasury.queries.bank_account import name_of


@documents.in_its_language
def voucher(found: Voucher, *, small: bool = False) -> bytes:
    """The voucher as PDF, twice on A4 to cut, or `small` on A6: with whom, how much in digits and words, signatures."""
    return documents.pdf(
        "ledger/receipt_small.typ" if small else "ledger/receipt.typ",
        {
            "on": found.on,
            "title": _("Voucher, money in") if found.is_in else _("Voucher, money out"),
            "number": found.number,
            "copies": [_("for the payer") if found.is_in else _("for the receiver"), _("for the books")],
            "labels": {
                "number": _("Number"),
                "party": _("Received from") if found.is_in else _("Paid to"),
                "words": _("In words"),
                "purpose": _("What for"),
            },
            "party": found.payee,
            "amount": found.amount,
            "words": terbilang(found.amount),
            "purpose": f"{found.category}: {found.purpose}",
            "lines": [],
            "place": _place(found.on),
            "signatures": [
                {"office": _("Treasurer"), "name": found.by.name},
                *_second_approval(found.entry),
                {"office": _("Payer") if found.is_in else _("Receiver"), "name": found.payee},
            ],
            "note": _note(found),
        },
    )


@documents.in_its_language
def transfer(found: Transfer) -> bytes:
    """The record of money moved between accounts (bukti pemindahbukuan), twice on A4."""
    return documents.pdf(
        "ledger/receipt.typ",
        {
            "on": found.on,
            "title": _("Record of a transfer"),
            "number": found.number,
            "copies": [_("for the treasurer"), _("for the books")],
            "labels": {
                "number": _("Number"),
                "party": _("From and to"),
                "words": _("In words"),
                "purpose": _("What for"),
            },
            "party": f"{name_of(found.source)} → {name_of(found.target)}",
            "amount": found.amount,
            "words": terbilang(found.amount),
            "purpose": found.purpose,
            "lines": [],
            "place": _place(found.on),
            "signatures": [{"office": _("Treasurer"), "name": found.by.name}, *_second_approval(found.entry)],
            "note": _note(found),
        },
    )


def _second_approval(entry: Entry | None) -> list[dict]:
    """Whoever confirmed the payment signs too."""
    request = getattr(entry, "payment_request", None)
    return [{"office": _("Approved by"), "name": request.answered_by.name}] if request else []


def _note(found: Voucher | Transfer) -> str:
    if found.is_reversed:
        return _("Reversed on {day}").format(day=date_format(found.reversed_on, "j F Y"))
    return _("Entry {reference}").format(reference=found.entry.reference)


@documents.in_its_language
def cash_count(found: CashCount) -> bytes:
    """The record of a count (berita acara perhitungan kas), to be signed by who counted and who counted along."""
    lead = _("On {day} the cash box of the {unit} was counted in the presence of those who sign.").format(
        day=date_format(found.on, "j F Y"), unit=found.get_unit_display()
    )
    return count_record(found, on=found.on, lead=lead, against=(_("In the books"), found.book))


def count_record(found, *, on: datetime.date, lead: str, against: tuple[str, int]) -> bytes:
    """The record of any count with pieces, counted, difference, reason, entry, by and witness.

    `against` names the sum that the money is compared with. Whoever confirmed the difference signs too.
    """
    rows = sorted(((int(value), pieces) for value, pieces in found.pieces.items()), reverse=True)
    return documents.pdf(
        "treasury/cash_count.typ",
        {
            "on": on,
            "title": _("Record of a cash count"),
            "lead": lead,
            "headings": [_("Note or coin"), _("Pieces"), _("Amount, Rp")],
            "rows": [[value, pieces, value * pieces] for value, pieces in rows],
            "sums": [
                [_("Counted"), found.counted],
                list(against),
                [_("Difference"), found.difference],
            ],
            "words": terbilang(found.counted),
            "reason": found.reason and _("Reason for the difference: {reason}").format(reason=found.reason),
            "place": _place(on),
            "signatures": [
                {"office": _("Counted by"), "name": found.by.name},
                {"office": _("Counted along"), "name": found.witness},
                *_second_approval(found.entry),
            ],
        },
    )


@documents.in_its_language
def journal(found: Journal, lines) -> bytes:
    """The record of an entry by hand (bukti memorial), to be signed by who posted it and by who looked it over."""
    return documents.pdf(
        "treasury/journal.typ",
        {
            "on": found.on,
            "title": _("Journal voucher"),
            "number": found.number,
            "lead": f"{found.get_unit_display()}: {found.memo}",
            "headings": [_("Account"), _("Debit"), _("Credit")],
            "rows": [[str(line.account), line.debit, line.credit] for line in lines],
            "total": [_("Total"), found.amount, found.amount],
            "words": terbilang(found.amount),
            "note": _("Reversed on {day}").format(day=date_format(found.reversed_on, "j F Y"))
            if found.reversed_on
            else _("Entry {reference}").format(reference=found.entry.reference),
            "place": _place(found.on),
            "signatures": [
                {"office": _("Treasurer"), "name": found.by.name},
                {"office": _("Chair"), "name": ""},
            ],
        },
    )


def voucher_sheet(rows) -> Sheet:
    columns = [
        Column(_("Number")),
        Column(_("Date"), "date"),
        Column(_("With whom")),
        Column(_("What for")),
        Column(_("Purpose")),
        Column(_("In, Rp"), "rupiah"),
        Column(_("Out, Rp"), "rupiah"),
        Column(_("Reversed on"), "date"),
    ]
    return Sheet(
        _("Vouchers"),
        columns,
        [
            [
                row.number,
                row.on,
                row.payee,
                str(row.category),
                row.purpose,
                row.amount if row.is_in else None,
                None if row.is_in else row.amount,
                row.reversed_on,
            ]
            for row in rows
        ],
    )


def _place(on) -> str:
    return _("{place}, {day}").format(place=settings.COOPERATIVE_CITY, day=date_format(on, "j F Y"))
