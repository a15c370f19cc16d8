"""The loan card of a member, to print."""

import datetime

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.documents import pdf
from core.http import download
from loans.queries import Card, cards
from members.models import Member

KINDS = {
    "disbursed": gettext_noop("Disbursed"),
    "paid": gettext_noop("Payment"),
    "new_terms": gettext_noop("New terms"),
    "written_off": gettext_noop("Written off; the claim continues"),
    "recovered": gettext_noop("Recovered after the write-off"),
    "forgiven": gettext_noop("Claim waived"),
}


def card_response(member: Member, *, on: datetime.date):
    facts = card_facts(member, on=on)
    return download(pdf("loans/card/card.typ", facts), f"kartu-pinjaman-{member.number}.pdf", inline=True)


def card_facts(member: Member, *, on: datetime.date) -> dict:
    return {
        "on": on,
        "title": _("Loan card"),
        "member": [[_("Number"), member.number or "–"], [_("Name"), member.name]],
        "columns": [
            _("Date"),
            _("Receipt"),
            _("What"),
            _("Disbursed"),
            _("Principal"),
            _("Interest"),
            _("Penalty"),
            _("Amount"),
            _("Balance"),
        ],
        "loans": [_card(card) for card in cards(member)],
        "nothing": _("No loan has been paid out."),
        "place": f"{settings.COOPERATIVE_CITY}, {date_format(on, 'j F Y')}",
        "signatures": [{"office": _("Treasurer"), "name": ""}, {"office": _("Member"), "name": member.name}],
    }


def _card(card: Card) -> dict:
    loan, sums = card.loan, card.sums
    return {
        "title": f"{loan.number} · {loan.rules.product} · {loan.purpose}",
        "rows": [
            [
                date_format(row.on, "d/m/y"),
                row.receipt or row.through,
                _(KINDS[row.kind]),
                row.paid_out or None,
                row.principal or None,
                row.interest + row.fee or None,
                row.penalty or None,
                row.amount or None,
                row.balance,
            ]
            for row in card.rows
        ],
        "total": [
            "",
            "",
            _("Sum"),
            sums["paid_out"],
            sums["principal"],
            sums["interest"] + sums["fee"],
            sums["penalty"],
            sums["amount"],
            card.balance,
        ],
    }
