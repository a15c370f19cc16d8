"""The distribution of a year for the annual meeting: a paper to sign, and a sheet."""

from django.conf import settings
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.documents import pdf
from core.money import format_percent
from core.workbook import Column, Sheet
from governance.models import Office
from ledger.models import Unit
from shu import queries
from shu.models import Distribution


def sheet(distribution: Distribution) -> Sheet:
    """Every member's part; the sums are formulas."""
    shares = distribution.shares.select_related("member", "payment").order_by("member__number")
    return Sheet(
        _("SHU {year}").format(year=distribution.year),
        columns=[
            Column(_("Number"), "rank"),
            Column(_("Name")),
            Column(_("Savings"), "rupiah"),
            Column(_("Business"), "rupiah"),
            Column(_("Part for savings"), "rupiah", name="capital"),
            Column(_("Part for business"), "rupiah", name="business"),
            Column(_("Total"), "rupiah", plus=["capital", "business"]),
            Column(_("Paid on"), "date"),
        ],
        rows=(
            (
                share.member.number,
                share.member.name,
                share.capital,
                share.business,
                share.capital_part,
                share.business_part,
                share.total,
                share.payment and share.payment.paid_on,
            )
            for share in shares
        ),
        lead=_state(distribution),
    )


def distribution(distribution: Distribution) -> bytes:
    """The paper of the annual meeting, signed by all who hold office on the day (UU 25/1992 art. 36)."""
    on = distribution.approved_on or distribution.proposed_on
    sums = queries.sums(distribution)
    officers = Office.objects.held(as_of=on).select_related("member").order_by("pk")
    shares = distribution.shares.select_related("member", "payment").order_by("member__number")
    return pdf(
        "shu/distribution.typ",
        {
            "on": on,
            "title": _("Distribution of the SHU of {year}").format(year=distribution.year),
            "state": _state(distribution),
            "results": [
                [capfirst(Unit.USP.label), distribution.result_usp],
                [capfirst(Unit.UMUM.label), distribution.result_umum],
                [_("Surplus"), distribution.surplus],
            ],
            "part_columns": [_("Part"), _("Percentage"), _("Amount, Rp")],
            "parts": [
                [capfirst(part.get_fund_display()), format_percent(part.percentage), part.amount]
                for part in distribution.parts.all()
            ],
            "parts_total": [_("Sum"), "100 %", distribution.surplus],
            "columns": [
                _("Number"),
                _("Name"),
                _("Savings"),
                _("Business"),
                _("Part for savings"),
                _("Part for business"),
                _("Total"),
            ],
            "rows": [
                [
                    str(share.member.number),
                    share.member.name,
                    share.capital,
                    share.business,
                    share.capital_part,
                    share.business_part,
                    share.total,
                ]
                for share in shares.iterator(chunk_size=2000)
            ],
            "total": ["", _("All members"), "", "", sums["capital"], sums["business"], sums["total"]],
            "note": _("Member's share = own figure / figures of all members × the members' part, to the rupiah."),
            "place": f"{settings.COOPERATIVE_CITY}, {date_format(on, 'j F Y')}",
            "signatures": [{"office": office.get_role_display(), "name": office.member.name} for office in officers],
        },
        tagged=sums["members"] < 500,
    )


def _state(distribution: Distribution) -> str:
    if distribution.is_booked:
        return _("Decided in {number}, booked on {day}").format(
            number=distribution.decided_in.number, day=date_format(distribution.approved_on, "j F Y")
        )
    if distribution.withdrawn_on:
        return _("Taken back on {day}").format(day=date_format(distribution.withdrawn_on, "j F Y"))
    return _("Proposal of {day}, to be decided by the annual meeting").format(
        day=date_format(distribution.proposed_on, "j F Y")
    )
