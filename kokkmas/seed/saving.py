"""What savings do: they earn, are taxed, put aside for a term, blocked; and the members who leave with theirs."""

import datetime

from activities import queries as activities_queries
from activities import services as activities
from core.dates import add_months, month_start
from departures import queries as departure_queries
from departures import services as departures
from governance import services as governance
from kokkmas.seed.founding import Cooperative, decide
from kokkmas.seed.lending import photo
from loans import queries as loans
from savings import queries
from savings import services as savings
from savings.models import SavingsInterestRules, SavingsTaxRules, TermSavingsRules

DAY = datetime.timedelta(days=1)


def start(coop: Cooperative) -> None:
    """Savings earn 3 % a year, those put aside 5 % or 6 %; the tax is that of the law."""
    on = coop.started_on
    text = "Simpanan sukarela 3 % setahun dari saldo harian; berjangka 6 bulan 5 %, 12 bulan 6 %. Pajak: PP 15/2009."
    decided_in = decide(coop, "Jasa simpanan", text, on=on)
    facts = {"in_force_from": on, "decided_in": decided_in, "on": on, "by": coop.chair}
    governance.put_in_force(SavingsInterestRules, method="daily", rate_bp=300, **facts)
    governance.put_in_force(SavingsTaxRules, free_up_to=240_000, rate_bp=1000, **facts)
    governance.put_in_force(TermSavingsRules, months=6, rate_bp=500, least_amount=500_000, paid="monthly", **facts)
    governance.put_in_force(
        TermSavingsRules,
        months=12,
        rate_bp=600,
        least_amount=1_000_000,
        early_break="penalty",
        penalty_bp=100,
        **facts,
    )


def put_aside(coop: Cooperative, *, on: datetime.date) -> None:
    """Rp 5.000.000 for a year: the interest of 300,000 is paid at its end and is above what is free of tax."""
    savings.open_term_deposit(
        coop.makers[4], months=12, amount=5_000_000, channel="cash", renewal="renew", on=on, by=coop.treasurer
    )


def show(coop: Cooperative, *, on: datetime.date) -> None:
    """On the last day: a term that runs, the tax of last month handed over, a blocked sum."""
    savings.open_term_deposit(
        coop.makers[2],
        months=6,
        amount=1_500_000,
        channel="cash",
        renewal="pay_out",
        on=on - 3 * DAY,
        by=coop.treasurer,
    )
    month = add_months(month_start(on), -1)
    if sum(slip.tax for slip in queries.slips(month)):
        savings.pay_tax(month, state_number="7A1B2C3D4E5F6G7H", on=on, by=coop.treasurer)
    for member in coop.makers[5:]:
        if queries.lowest_free(member, since=on) >= 100_000:
            reason = "Menunggu keputusan sengketa bahan"
            savings.block_by_hand(member, amount=75_000, reason=reason, on=on, by=coop.treasurer)
            break


def farewells(coop: Cooperative, *, on: datetime.date) -> None:
    """One member moves away and waits for the money; one has died, and the heir has it already."""
    ways = iter(
        [
            {"kind": "own_request", "reason": "Pindah ke Magelang mengikuti anak"},
            {
                "kind": "death",
                "died_on": on - 20 * DAY,
                "heir_name": "Sulastri",
                "heir_relation": "istri",
                "heir_paper": photo("Surat keterangan ahli waris"),
            },
        ]
    )
    for member in reversed(coop.makers[5:]):
        owed = activities_queries.open_dues(member, as_of=on)
        months = len(owed.months) if owed else 0
        if len(departure_queries.obstacles(member, as_of=on)) > bool(months) or loans.claim_left(member, as_of=on):
            continue
        if not departure_queries.outlook(member, on=on).to_pay:
            continue
        if not (way := next(ways, None)):
            return
        if months:
            activities.collect_dues(member, months=months, on=on, by=coop.treasurer)
        departure = departures.propose_departure(member, on=on - DAY, by=coop.treasurer, **way)
        departure = departures.approve_departure(departure, on=on, by=coop.chair)
        if way["kind"] == "death":
            departures.pay_departure(departure, on=on, by=coop.treasurer)
