"""Answers about loans, as at a date."""

from loans.queries.actions import Action, Step, actions, restructuring_actions, steps
from loans.queries.arrears import Arrears, LoanStanding, arrears, due, standings
from loans.queries.card import Card, CardRow, cards
from loans.queries.collectibility import ClassedLoan, ClassSums, Portfolio, classed, portfolio
from loans.queries.decision import Ability, ability, missing_approvals
from loans.queries.eligibility import Check, eligibility, eligibility_for_more
from loans.queries.guarantee import (
    GuarantorShare,
    backed_again,
    guarantee_capacity,
    guaranteed,
    guarantor_shares,
    guarantors_standing,
    lacking_guarantors,
    open_part,
    shares,
    standing_for,
    unanswered_again,
    unanswered_guarantees,
)
from loans.queries.loan import NextDue, next_due, open_loans, totals
from loans.queries.member_facts import member_fact
from loans.queries.position import (
    Ground,
    InstalmentPosition,
    Position,
    agreement_of,
    daily_grounds,
    outstanding,
    position,
    positions,
)
from loans.queries.product import rules_in_force
from loans.queries.provision import last_provision, provision_course
from loans.queries.related_party import RelatedParty, office_of, own_capital, related_party
from loans.queries.repayment import (
    Ahead,
    Closing,
    Schedules,
    agreement,
    ahead,
    last_payment,
    lines,
    payments,
    schedules,
    standing,
    to_close,
)
from loans.queries.restructuring import loan_rate, most_owed, open_on, paid_back_bp, restructured, times_restructured
from loans.queries.schedule import StoredRow, plan, schedule_versions, stored_schedule
from loans.queries.write_off import Claim, claim, claim_left, write_off_sums, written_off
