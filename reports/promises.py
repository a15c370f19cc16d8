"""What each check of the books promises, in words for the board: the first line of every check, translated."""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from reports.checks import Check

PROMISES = {
    "allowance_equals_last_run": _(
        "The allowance for loan losses is what the last month-end run set aside, less what was written off since."
    ),
    "claims_within_their_offer": _(
        "Of an offer no more is with other hands than was offered, and no maker has sent more than they took."
    ),
    "buyers_owe_what_the_ledger_says": _(
        "What buyers owe the cooperative and have left with it as deposits is the same in the invoices and in the "
        "ledger."
    ),
    "deliveries_within_orders": _(
        "No more of an order went to the buyer than was ordered, and no more came back or is invoiced than went."
    ),
    "disbursements_match_their_entries": _(
        "Every loan paid out stands in the ledger with its principal and its fees, and the receipt or the passbook has "
        "the rest."
    ),
    "dues_equal_income": _(
        "The dues of every member are the same in the list of dues and in the income of the general unit."
    ),
    "dues_receipts_match": _("The receipt for dues is for all the months paid with it, their day and their member."),
    "departures_equal_ledger": _(
        "What the ledger owes every former member is what of their savings is not paid out yet."
    ),
    "former_members_have_nothing_saved": _(
        "Nobody who has left has savings: they were set off or are payable to former members."
    ),
    "entries_balanced": _("Every entry has the same sum on both sides."),
    "entries_have_lines": _("Every entry has at least two lines."),
    "entries_in_known_months": _("Every entry is dated in a month that the unit's books know."),
    "handovers_take_off_what_is_owed": _(
        "No settlement took off more than was paid ahead or than the material along was worth, "
        "and every advance is posted."
    ),
    "joint_payments_match_their_entries": _(
        "What a member paid for a share of a joint purchase stands in the ledger and, out of savings, in the passbook."
    ),
    "joint_receivables_equal_ledger": _(
        "What every member still owes for joint purchases is the same in their shares and in the ledger."
    ),
    "joint_reversals_are_whole": _(
        "What was reversed in a joint purchase is undone whole: in the ledger, in the savings and in every stock."
    ),
    "joint_shares_add_up": _(
        "What arrived of a joint purchase is shared out whole, quantity and cost, and stands in the members' stocks."
    ),
    "joint_suppliers_equal_ledger": _(
        "What joint purchases owe to suppliers, and what arrived and is not shared out, is the same in the ledger."
    ),
    "invoices_match_their_lines": _(
        "An invoice asks for its lines at the agreed prices, is posted where the cooperative sells, and is never "
        "overpaid."
    ),
    "lines_belong_to_their_entry": _(
        "Every line carries the date of its entry, an account of its unit, and a member where the account needs one."
    ),
    "loan_instalments_not_overpaid": _("No instalment has received more principal or interest than it asks for."),
    "loan_payments_settle_in_full": _(
        "The parts of every repayment add up to its amount, and they settle instalments of its own loan."
    ),
    "loan_schedules_add_up": _(
        "The first schedule of a loan repays its principal exactly, and every loan paid out has one."
    ),
    "loans_agree_with_ledger": _(
        "What every member owes in principal is what the ledger shows on the member's loans receivable."
    ),
    "loans_settled_owe_nothing": _("A loan that is called paid off has no principal and no interest left."),
    "months_closed_in_order": _("No closed month follows an open one."),
    "offsets_match_their_entries": _(
        "What a maker let go against an instalment or dues left the money of that maker in the ledger, "
        "and nobody else agreed."
    ),
    "papers_to_buyers_gapless": _(
        "Delivery notes, invoices and returns of a year are numbered from 1 to the last without a gap. Looks at all, "
        "whatever the day."
    ),
    "returns_match_their_entries": _(
        "What came back is credited at the agreed prices, no more than was invoiced, and posted where the cooperative "
        "sells; no more is given back than was paid too much."
    ),
    "members_get_what_was_sold": _(
        "What the cooperative owes every member for goods it sold is the same in the invoices, the payments and the "
        "ledger."
    ),
    "receipts_gapless": _(
        "Receipts of a year are numbered from 1 to the last without a gap. Looks at all receipts, whatever the day."
    ),
    "receipts_within_their_entry": _(
        "The receipts of an entry are dated like it and together not larger than what it moved."
    ),
    "recoveries_match_their_entries": _(
        "What comes in for a written-off loan stands in the ledger as income and on its receipt, "
        "and never exceeds the claim."
    ),
    "repayments_match_their_entries": _(
        "Every repayment of a loan has the same principal, interest and penalty in the ledger, and its receipt or its "
        "line in the passbook."
    ),
    "restructurings_match_their_entries": _(
        "New terms repay what was owed before, the interest that became principal and the new money, "
        "as the ledger has it."
    ),
    "reversals_mirror": _("A reversal undoes every account and member of its entry, to the rupiah."),
    "savings_cover_what_is_blocked": _("The voluntary savings of every member hold at least what is blocked of them."),
    "rounds_give_what_they_explain": _(
        "The shares of a round add up to what it gave, no more than it had, and each is the part its maker took."
    ),
    "savings_interest_equals_ledger": _(
        "The interest of every member's savings in a month is the same in the passbook and in the ledger."
    ),
    "savings_movements_equal_ledger": _(
        "What every member has saved of each kind is the same in the passbook and in the ledger."
    ),
    "savings_receipts_match": _(
        "The receipt of a deposit or withdrawal of savings is for its money, its day and its member."
    ),
    "savings_tax_follows_the_rules": _(
        "In every closed month the tax on each member's interest is what the rules of its last day ask for."
    ),
    "savings_tax_payments_match": _(
        "The tax on savings handed over for a month is what was withheld in it, and its receipt."
    ),
    "seals_valid": _("The seal of every closed month fits its lines and the seal of the month before."),
    "settlements_are_for_accepted_work": _(
        "A settlement pays the accepted work at the agreed price less what was taken off, "
        "and all of it has gone somewhere."
    ),
    "settlements_equal_ledger": _(
        "What waits at the cooperative for every maker is the same in the settlements and in the ledger."
    ),
    "shu_parts_add_up": _(
        "The parts of every divided year add up to its surplus, and the members' parts to what is theirs of it."
    ),
    "shu_payable_equals_unpaid_parts": _(
        "What the ledger owes every member as SHU is what of their parts is not paid out yet."
    ),
    "snapshots_equal_lines": _(
        "The snapshot of every closed month says what its lines say, and opens with what the month before closed with."
    ),
    "stock_conserved": _(
        "What one workshop hands to another arrives there: the same item, quantity and day, on two lines."
    ),
    "stock_loans_match_their_lines": _(
        "What is lent and what comes back stands in both stocks as agreed, and never more comes back than was lent."
    ),
    "stock_never_negative": _("No workshop has given away more of a material or of goods than it had, on any day."),
    "stock_payments_match_their_entries": _(
        "What is paid for lent material is the agreed price, and at the treasurer's it goes into the lender's savings."
    ),
    "transfers_come_to_nothing": _(
        "What leaves the savings for a loan, or a loan for the savings, arrives there on the same day."
    ),
    "term_deposits_equal_ledger": _(
        "The running term deposits of every member are what the ledger has on their term savings."
    ),
    "units_agree": _(
        "What one unit owes the other, the other has as a claim: the accounts between them add up to nothing."
    ),
    "unpaid_follows_from_payments": _(
        "What is kept as unpaid of every loan is what its schedule and its payments say."
    ),
    "write_offs_match_their_entries": _(
        "A written-off loan has left the receivables with all its principal, from the allowance and the expense."
    ),
    "visits_match_their_entries": _("What was given on a visit to the sick stands in the ledger under solidarity."),
}


def promise(check: Check) -> str:
    """The promise of a check in the reader's language."""
    return gettext(PROMISES[check.name])
