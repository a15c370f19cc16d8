"""The list of partners as a workbook."""

from django.utils.translation import gettext as _

from core.workbook import Column, Sheet


def partners_sheet(partners) -> Sheet:
    return Sheet(
        title=_("Partners"),
        heading=_("Partners"),
        columns=[
            Column(_("Name")),
            Column(_("Kind"), width=14),
            Column(_("Market level"), width=16),
            Column(_("City"), width=20),
            Column(_("Contact person")),
            Column(_("Telephone"), width=18),
            Column(_("Partner since"), "date"),
        ],
        rows=[
            [
                partner.name,
                partner.get_kind_display(),
                partner.get_market_display(),
                partner.city,
                partner.contact,
                str(partner.phone or ""),
                partner.since_on,
            ]
            for partner in partners
        ],
    )
