"""The papers and workbooks of the ledger: what they say. How they look stands in templates/ledger/*.typ."""

import datetime

import segno
from django.conf import settings
from django.db.models import F, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import documents
from core.dates import long_date, month_name
from core.money import format_rupiah
from core.terbilang import terbilang
from core.workbook import Column, Sheet
from ledger import chart, queries
from ledger.models import Account, Line, Receipt, Unit


def seals(*, until: datetime.date) -> list[dict]:
    """What a paper says of the closed months behind its figures: the seal of each unit, in words and as a QR square.

    Whoever holds the paper can ask the books years later whether they are still the same (`/seal/`).
    """
    return [
        {
            "label": _("Seal of {month}, {unit}").format(
                month=month_name(period.month), unit=period.get_unit_display()
            ),
            "code": "-".join(period.seal[at : at + 4] for at in range(0, queries.SEAL_LENGTH, 4)),
            "square": _square(_seal_address(period)),
        }
        for period in queries.last_seals(until=until)
    ]


def _square(text: str) -> str:
    """A QR code as an SVG document."""
    return segno.make_qr(text).svg_inline(border=0).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def _seal_address(period) -> str:
    return f"{settings.SITE_URL.rstrip('/')}/seal/{period.seal[: queries.SEAL_LENGTH]}/"


@documents.in_its_language
def receipt(receipt: Receipt, *, small: bool = False) -> bytes:
    """The kuitansi as PDF, twice on A4 to cut, or `small` on A6 for a thermal printer: with whom, how much, what for.

    The amount stands there in digits and words, with two signatures. The lines are the entry's accounts other than
    cash and bank; they add up to the money that changed hands.
    """
    came_in = receipt.direction == Receipt.Direction.IN
    return documents.pdf(
        "ledger/receipt_small.typ" if small else "ledger/receipt.typ",
        {
            "on": receipt.issued_on,
            "title": _("Receipt"),
            "number": receipt.number,
            "copies": [_("for the payer") if came_in else _("for the receiver"), _("for the books")],
            "labels": {
                "number": _("Number"),
                "party": _("Received from") if came_in else _("Paid to"),
                "words": _("In words"),
                "purpose": _("What for"),
            },
            "party": f"{receipt.party} ({receipt.member.number})" if _is_named(receipt) else receipt.party,
            "amount": receipt.amount,
            "words": terbilang(receipt.amount),
            "purpose": receipt.purpose,
            "lines": _lines(receipt),
            "place": _("{place}, {day}").format(place=settings.COOPERATIVE_CITY, day=long_date(receipt.issued_on)),
            "signatures": [
                {"office": _("Treasurer"), "name": receipt.issued_by.name},
                {"office": _("Payer") if came_in else _("Receiver"), "name": receipt.party},
            ],
            "note": _references(receipt),
        },
    )


def _is_named(receipt):
    """A member's number goes with the member's own name: an heir, or a name with the number in it, has none added."""
    return receipt.member and receipt.member.number and receipt.party == receipt.member.name


def _references(receipt):
    references = list(receipt.entries.order_by("pk").values_list("reference", flat=True))
    return ngettext("Entry {references}", "Entries {references}", len(references)).format(
        references=", ".join(references)
    )


def _lines(receipt):
    into = F("credit") - F("debit") if receipt.direction == Receipt.Direction.IN else F("debit") - F("credit")
    rows = (
        Line.objects.filter(entry__in=receipt.entries)
        .exclude(account__code__in=[*chart.MONEY, chart.TRANSFERS, chart.INTER_UNIT])
        .values("account__code", "account__name")
        .annotate(amount=Sum(into))
        .order_by("account__code")
    )
    return [[_(row["account__name"]), row["amount"]] for row in rows]


def account_sheet(account: Account, statement) -> Sheet:
    """The statement of an account as a workbook, oldest line first."""
    return Sheet(
        str(account),
        columns=[
            Column(_("Date"), "date"),
            Column(_("Reference"), width=28),
            Column(_("Memo"), width=44),
            Column(_("Member")),
            Column(_("Debit"), "rupiah"),
            Column(_("Credit"), "rupiah"),
            Column(_("Balance"), "rupiah", total=False),
        ],
        rows=[
            (row.date, row.reference, row.memo, row.member_name, row.debit, row.credit, row.balance)
            for row in reversed(statement[:])
        ],
        lead=_("{unit}, opening balance {opening}, closing balance {closing}").format(
            unit=account.get_unit_display(),
            opening=format_rupiah(statement.opening),
            closing=format_rupiah(statement.closing),
        ),
    )


def trial_balance_sheet(rows: list, *, unit: str) -> Sheet:
    return Sheet(
        _("Trial balance"),
        columns=[
            Column(_("Code"), width=10),
            Column(_("Account"), width=40),
            Column(_("Debit"), "rupiah"),
            Column(_("Credit"), "rupiah"),
        ],
        rows=[(row.code, row.name, row.debit, row.credit) for row in rows],
        lead=Unit(unit).label,
        portrait=True,
    )
