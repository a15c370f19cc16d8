"""The consent that a guarantor signs."""

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.documents import pdf
from core.http import download
from core.money import format_rupiah
from core.terbilang import terbilang
from loans import queries
from loans.models import Guarantor


def consent_response(guarantor: Guarantor):
    loan = guarantor.loan
    facts = consent_facts(guarantor)
    return download(
        pdf("loans/guarantee/consent.typ", facts), f"penjamin-{loan.number}-{guarantor.member.number}.pdf", inline=True
    )


def consent_facts(guarantor: Guarantor) -> dict:
    """What a guarantor promised, in a paper to sign by hand as well."""
    loan, member = guarantor.loan, guarantor.member
    plan = queries.plan(loan, on=guarantor.consented_on)
    return {
        "on": guarantor.consented_on,
        "title": _("Consent of a guarantor"),
        "number": _("For loan {number}").format(number=loan.number),
        "facts": [
            [_("Guarantor"), f"{member.name} ({member.number})"],
            [_("Address"), member.address or "–"],
            [_("Borrower"), f"{loan.member.name} ({loan.member.number})"],
            [_("Loan"), f"{format_rupiah(loan.principal)}, {loan.purpose}"],
            [_("Instalments"), f"{loan.instalments} × {format_rupiah(plan.rows[0].total)}"],
            [_("Share"), f"{format_rupiah(guarantor.amount)} ({terbilang(guarantor.amount)})"],
        ],
        "text": [
            _("I guarantee this loan of my own free will. If the borrower cannot pay, I pay my share of what is owed."),
            _("I said yes myself in the system of the cooperative on {day}.").format(
                day=date_format(guarantor.consented_on, "j F Y")
            ),
        ],
        "place": f"{settings.COOPERATIVE_CITY}, {date_format(guarantor.consented_on, 'j F Y')}",
        "signatures": [{"office": _("Guarantor"), "name": member.name}, {"office": _("Witness"), "name": ""}],
    }
