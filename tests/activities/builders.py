"""Test data of the activities, made through the services."""

import datetime

from activities import queries
from activities.models import DuesRules
from activities.services import plan_programme
from governance.models import Decision, DecisionKind
from governance.services import put_in_force, record_decision
from ledger import chart
from ledger.models import Unit
from ledger.services import credit, debit, post_entry
from tests.builders import a_decision, a_member_in, capital, savings_rules
from tests.loans.builders import a_disbursed_loan, loan_rules

BEGAN = datetime.date(2025, 1, 12)
PLANNED = datetime.date(2026, 3, 1)
DAY = datetime.date(2026, 3, 21)


def dues_rules(*, by, on=BEGAN, amount=10_000, due_day=12) -> DuesRules:
    """Dues of 10,000 a month in force from `on`."""
    decision = a_decision(by=by, on=on, number=f"Iuran {on}")
    return put_in_force(DuesRules, in_force_from=on, decided_in=decision, on=on, by=by, amount=amount, due_day=due_day)


def dues_owed(member, *, as_of) -> int:
    """Dues due and not paid on `as_of`."""
    found = queries.open_dues(member, as_of=as_of)
    return found.owed if found else 0


def fill(fund, amount, *, by, unit=Unit.USP, on=datetime.date(2025, 1, 12)) -> None:
    """Put `amount` of cash aside for a fund in the books of `unit`."""
    lines = [debit(chart.CASH, amount), credit(fund, amount)]
    post_entry(unit=unit, on=on, reference=f"fund:{unit}:{fund}:{amount}", memo="Dana", lines=lines, by=by)


def a_programme(by, **facts):
    return plan_programme(
        **{
            "kind": "training",
            "title": "Mengopen sepatu pantofel",
            "goal": "Sepuluh anggota bisa mengopen pantofel",
            "planned_on": DAY,
            "place": "Balai RW 13",
            "mentor": "Pak Marto",
            "skill": None,
            "places": None,
            "budget": 500_000,
            "on": PLANNED,
            "by": by,
        }
        | facts
    )


def a_waiver_decision(member, *, by, on, number="Bebas") -> Decision:
    """The meeting lets `member` off some months of dues."""
    return record_decision(
        number=number,
        organ=Decision.Organ.MEMBERS_MEETING,
        kind=DecisionKind.WAIVER,
        subject=member,
        decided_on=on,
        title="Pembebasan iuran",
        text="Rapat membebaskan iuran anggota yang lama sakit.",
        by=by,
    )


def at_the_table(treasurer, chair):
    """Two members on 12 March 2025: each owes 40,000 of savings and 30,000 of dues, Sri 236,000 on a loan besides."""
    capital()
    savings_rules(by=chair, on=BEGAN)
    dues_rules(by=chair, on=BEGAN)
    loan_rules(by=chair)
    sri = a_member_in("Sri Lestari", by=treasurer, on=BEGAN, username="sri")
    wahyu = a_member_in("Wahyu", by=treasurer, on=BEGAN, voluntary=500_000)
    return sri, wahyu, a_disbursed_loan(sri, by=treasurer, on=BEGAN)
