"""What is printed when a loan gets new terms: the amendment that the borrower signs, with the new schedule."""

import datetime
from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.documents import pdf
from core.money import format_rupiah
from loans.models import Restructuring
from loans.papers.schedule import schedule_table


def amendment_paper(terms: Restructuring, rows: Sequence, *, on: datetime.date) -> bytes:
    """The amendment as a PDF; before it is carried out the figures are those of today, and the title says draft."""
    return pdf("loans/schedule/schedule.typ", amendment_facts(terms, rows, on=on))


def amendment_facts(terms: Restructuring, rows: Sequence, *, on: datetime.date) -> dict:
    loan, day = terms.loan, lambda date: date_format(date, "j F Y")
    title = _("Amendment to loan {number}") if terms.done_on else _("Draft of an amendment to loan {number}")
    facts = [
        [_("Member"), str(loan.member)],
        [_("Kind"), terms.get_kind_display()],
        [_("Reason"), terms.reason],
        [_("In force from"), day(terms.done_on) if terms.done_on else "–"],
    ]
    if terms.done_on:
        facts += [
            [_("Principal before"), format_rupiah(terms.principal_before)],
            [_("Interest that became principal"), format_rupiah(terms.interest_carried)],
            [_("New money"), format_rupiah(terms.added)],
            [_("Waived penalty"), format_rupiah(terms.penalty_waived)],
            [_("Principal after"), format_rupiah(terms.principal_after)],
        ]
    facts += [
        [_("Rate"), f"{terms.rate} / {loan.rules.get_rate_per_display()}"],
        [_("Agreed to by"), ", ".join(approval.by.name for approval in terms.approvals.all()) or "–"],
        [_("Decided in"), str(terms.decision or "–")],
    ]
    if backed := terms.guarantees.filter(consented_on__isnull=False).select_related("member").order_by("pk"):
        said = [f"{row.member.name} ({format_rupiah(row.amount)})" for row in backed]
        facts.append([_("Guarantors"), ", ".join(said)])
    return {
        "on": on,
        "title": title.format(number=loan.number),
        "facts": facts,
        **schedule_table(rows),
        "place": f"Yogyakarta, {day(terms.done_on or on)}",
        "signatures": [
            {"office": _("Chair"), "name": ""},
            {"office": _("Treasurer"), "name": ""},
            {"office": _("Member"), "name": loan.member.name},
        ],
    }
