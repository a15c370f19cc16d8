"""The terms of a handover in words."""

from django.utils.translation import gettext as _

from core.money import format_percent, format_rupiah


def terms_in_words(terms) -> list[tuple[str, str]]:
    """The terms as rows of a page."""
    rows = [
        (_("Price"), _("{price} each").format(price=format_rupiah(terms.maker_price))),
        (_("What is good"), terms.quality or "–"),
        (_("What is not good"), terms.get_rejects_display()),
    ]
    if terms.late_penalty:
        rows.append((_("For each day late"), "−" + format_rupiah(terms.late_penalty)))
    if terms.reject_penalty:
        rows.append((_("For each one not good"), "−" + format_rupiah(terms.reject_penalty)))
    if terms.advance_bp:
        rows.append((_("Paid ahead, at most"), format_percent(terms.advance_bp)))
    return rows
