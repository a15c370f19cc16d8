"""What each check of the books promises, in words for the board: the first line of every check, translated."""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from reports.checks import Check

PROMISES = {
    "entries_balanced": _("Every entry has the same sum on both sides."),
    "entries_have_lines": _("Every entry has at least two lines."),
    "entries_in_known_months": _("Every entry is dated in a month that the unit's books know."),
    "lines_belong_to_their_entry": _(
        "Every line carries the date of its entry, an account of its unit, and a member where the account needs one."
    ),
    "months_closed_in_order": _("No closed month follows an open one."),
    "receipts_gapless": _(
        "Receipts of a year are numbered from 1 to the last without a gap. Looks at all receipts, whatever the day."
    ),
    "receipts_within_their_entry": _(
        "The receipts of an entry are dated like it and together not larger than what it moved."
    ),
    "reversals_mirror": _("A reversal undoes every account and member of its entry, to the rupiah."),
    "savings_movements_equal_ledger": _(
        "What every member has saved of each kind is the same in the passbook and in the ledger."
    ),
    "savings_receipts_match": _(
        "The receipt of a deposit or withdrawal of savings is for its money, its day and its member."
    ),
    "seals_valid": _("The seal of every closed month fits its lines and the seal of the month before."),
    "snapshots_equal_lines": _(
        "The snapshot of every closed month says what its lines say, and opens with what the month before closed with."
    ),
    "units_agree": _(
        "What one unit owes the other, the other has as a claim: the accounts between them add up to nothing."
    ),
}


def promise(check: Check) -> str:
    """The promise of a check in the reader's language."""
    return gettext(PROMISES[check.name])
