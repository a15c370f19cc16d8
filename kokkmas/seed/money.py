"""The money of the story: grants, savings and dues at the meeting, loans from application to the last instalment."""

import datetime
from random import Random

from activities import queries as activities_queries
from activities import services as activities
from activities.models import DuesRules
from core.dates import add_months
from governance import services as governance
from kokkmas.seed import banking
from kokkmas.seed.founding import Cooperative, decide
from ledger import chart
from ledger.models import Account, Unit
from ledger.queries import account_balance
from loans import queries as loan_queries
from loans import services as loans
from loans.models import CollectibilityRules, Loan, LoanProduct, LoanRules, RestructuringRules
from loans.queries import eligibility
from members.models import Member
from savings import queries as savings_queries
from savings import services as savings
from shu.models import ShuRules
from treasury import services as treasury

PRODUCTS = [
    # code, name, what for, terms
    (
        "usaha",
        "Pinjaman usaha",
        "Mesin, alat dan modal kerja",
        {
            "method": "declining",
            "rate_bp": 125,
            "most_instalments": 24,
            "least_amount": 500_000,
            "most_amount": 15_000_000,
            "membership_months": 3,
            "guarantors_needed": 1,
            "second_approval_above": 5_000_000,
            "administration_fee": 10_000,
            "provision_bp": 100,
            "instalment_multiple": None,
            "over_payment": "smaller",
            "early_payoff": "period",
            "tiers": [
                {"from_months": 0, "from_savings": 0, "most_amount": 4_000_000},
                {"from_months": 6, "from_savings": 150_000, "most_amount": 7_500_000},
                {"from_months": 18, "from_savings": 500_000, "most_amount": 15_000_000},
            ],
        },
    ),
    (
        "bahan",
        "Pinjaman bahan",
        "Kulit dan bahan pembantu untuk satu pesanan",
        {
            "method": "flat",
            "rate_bp": 150,
            "most_instalments": 6,
            "least_amount": 300_000,
            "most_amount": 3_000_000,
            "membership_months": 2,
            "administration_fee": 5_000,
        },
    ),
    (
        "darurat",
        "Pinjaman darurat",
        "Sakit, sekolah dan keperluan keluarga yang mendesak",
        {
            "method": "annuity",
            "rate_bp": 100,
            "most_instalments": 12,
            "least_amount": 200_000,
            "most_amount": 2_000_000,
            "membership_months": 1,
            "instalment_multiple": 1_000,
            "instalment_rounding": "up",
            "over_payment": "fewer",
            "early_payoff": "to_date",
        },
    ),
    (
        "musim",
        "Pinjaman musim",
        "Modal pameran dan pesanan musiman, jasa dihitung harian",
        {
            "method": "daily",
            "rate_bp": 1500,
            "rate_per": "year",
            "day_count": "actual/365",
            "most_instalments": 6,
            "least_amount": 500_000,
            "most_amount": 3_000_000,
            "membership_months": 2,
            "early_payoff": "to_date",
        },
    ),
]
COMMON_TERMS = {
    "no_arrears": True,
    "penalty_rate_bp": 20,
    "penalty_per": "day",
    "penalty_grace_days": 3,
    "penalty_cap_bp": 1000,
    "round_to": 1,
    "savings_multiple": None,
}
SHU_PARTS = {
    "reserve": 2500,
    "capital": 2000,
    "business": 3000,
    "board": 1000,
    "staff": 500,
    "education": 500,
    "social": 500,
}
CLASSES = {
    "scheme": "cooperative",
    "doubtful_months": 21,
    "current_until": 90,
    "substandard_until": 120,
    "doubtful_until": 180,
    "current_bp": 50,
    "substandard_bp": 1000,
    "doubtful_bp": 5000,
    "loss_bp": 10_000,
}
PURPOSES = {
    "usaha": ["Mesin seset", "Mesin jahit bekas", "Modal pesanan Lebaran", "Perbaikan bengkel", "Cetakan sol baru"],
    "bahan": ["Kulit untuk pesanan toko", "Sol dan lem", "Kulit domba", "Aksesori tas"],
    "darurat": ["Biaya sekolah anak", "Berobat", "Perbaikan atap rumah"],
}
SIZES = {
    "usaha": [3_000_000, 4_000_000, 5_000_000, 7_500_000],
    "bahan": [750_000, 1_000_000, 1_500_000, 2_000_000],
    "darurat": [300_000, 500_000, 1_000_000],
}
TENORS = {"usaha": [10, 12, 18], "bahan": [3, 4, 6], "darurat": [5, 10]}


def start(coop: Cooperative) -> None:
    """Rules for dues, SHU and loans, and cash and bank with the grants the cooperative began with."""
    on = coop.started_on
    dues = decide(coop, "Iuran bulanan", "Iuran Rp 10.000 sebulan, Rp 2.000 di antaranya untuk dana sosial.", on=on)
    governance.put_in_force(
        DuesRules,
        in_force_from=on,
        decided_in=dues,
        on=on,
        by=coop.chair,
        amount=10_000,
        due_day=12,
        to_social_fund=2_000,
    )
    shu = decide(coop, "Pembagian SHU", "Bagian SHU sebagaimana dibacakan dalam rapat.", on=on)
    governance.put_in_force(ShuRules, in_force_from=on, decided_in=shu, on=on, by=coop.chair, **SHU_PARTS)
    classes = decide(coop, "Kolektibilitas dan cadangan", "Golongan dan cadangan sebagaimana dibacakan.", on=on)
    governance.put_in_force(CollectibilityRules, in_force_from=on, decided_in=classes, on=on, by=coop.chair, **CLASSES)
    terms = decide(coop, "Penataan ulang pinjaman", "Dua kali; tambahan setelah separuh kembali.", on=on)
    governance.put_in_force(
        RestructuringRules, in_force_from=on, decided_in=terms, on=on, by=coop.chair, most_times=2, top_up_paid_bp=5_000
    )
    text = "Jasa, plafon, jangka waktu dan denda sebagaimana dibacakan dalam rapat."
    rules = decide(coop, "Aturan pinjaman", text, on=on)
    for code, name, description, terms in PRODUCTS:
        product = loans.add_product(code=code, name=name, description=description, by=coop.chair)
        governance.put_in_force(
            LoanRules,
            in_force_from=on,
            decided_in=rules,
            on=on,
            by=coop.chair,
            product=product,
            **{**COMMON_TERMS, **terms},
        )
    banking.start(coop)


def expenses(coop: Cooperative, *, on: datetime.date, random: Random) -> None:
    """What a month costs: stationery, tea at the meeting."""
    meal = random.randrange(90, 160) * 1_000
    banking.voucher(
        coop, Unit.UMUM, "food and drink at meetings", "Warung Bu Darmi", "Konsumsi rapat tanggal 12", meal, on=on
    )
    stationery = random.randrange(20, 60) * 1_000
    banking.voucher(
        coop, Unit.USP, "stationery and copies", "Toko Alat Tulis", "Alat tulis dan fotokopi", stationery, on=on
    )


def clear_between_units(coop: Cooperative, *, on: datetime.date) -> None:
    """Hand over the cash that the general unit received for the passbooks of the other."""
    owed = account_balance(Unit.USP, chart.INTER_UNIT, as_of=on)
    if owed > 0:
        boxes = {account.unit: account for account in Account.objects.filter(code=chart.CASH)}
        treasury.transfer(
            source=boxes[Unit.UMUM],
            target=boxes[Unit.USP],
            amount=owed,
            purpose="Penyelesaian rekening antarunit",
            on=on,
            by=coop.treasurer,
        )


# -- the table of the treasurer at the meeting -----------------------------------------------------------------------


def collect(coop: Cooperative, member: Member, *, on: datetime.date, keeps_rules: float, random: Random) -> None:
    """Mandatory savings, dues, something for the passbook; by those who keep the rules, and sometimes the others."""
    if random.random() > keeps_rules:
        return
    owed = savings_queries.mandatory_owed(member, as_of=on)
    if owed:
        savings.deposit(member, kind="mandatory", amount=owed, on=on, by=coop.treasurer)
    dues = activities_queries.open_dues(member, as_of=on)
    if dues:
        activities.collect_dues(member, months=len(dues.months), on=on, by=coop.treasurer)
    if random.random() < 0.45:
        amount = random.choice([10, 20, 25, 50, 50, 100, 150, 300]) * 1_000
        savings.deposit(member, kind="voluntary", amount=amount, on=on, by=coop.treasurer)
    elif member.user != coop.treasurer and random.random() < 0.1:
        saved = savings_queries.balances(member, as_of=on).voluntary - 10_000
        if saved >= 50_000:
            savings.withdraw(
                member, kind="voluntary", amount=min(saved // 2_000 * 1_000, 500_000), on=on, by=coop.treasurer
            )


def repay(coop: Cooperative, member: Member, *, on: datetime.date, keeps_rules: float, random: Random) -> None:
    """What falls due, and what was left over from months before."""
    for loan in Loan.objects.running(as_of=on).filter(member=member):
        due = loan_queries.position(loan, as_of=on).due
        if due and random.random() < keeps_rules:
            loans.repay(loan, amount=due, on=on, by=coop.treasurer)
        elif due > 100_000 and random.random() < 0.3:
            loans.repay(loan, amount=due // 2_000 * 1_000, on=on, by=coop.treasurer)


# -- loans -----------------------------------------------------------------------------------------------------------


def lend(coop: Cooperative, member: Member, *, on: datetime.date, random: Random) -> Loan | None:
    """An application where the rules allow one; decided within days, disbursed before the next meeting."""
    code = random.choice(["usaha", "bahan", "bahan", "darurat"])
    product = LoanProduct.objects.get(code=code)
    wish = {
        "product": product,
        "principal": random.choice(SIZES[code]),
        "instalments": random.choice(TENORS[code]),
    }
    if not all(check.passed for check in eligibility(member, as_of=on, **wish)):
        return None
    guarantors = random.sample([maker for maker in coop.makers if maker != member], 1) if code == "usaha" else []
    return loans.apply(
        member, purpose=random.choice(PURPOSES[code]), guarantors=guarantors, on=on, by=member.user, **wish
    )


def decide_loan(coop: Cooperative, loan: Loan, *, on: datetime.date, random: Random) -> bool:
    """Guarantors answer, officers decide. Now and then the answer is no."""
    for guarantor in loan.guarantors.select_related("member__user"):
        loans.consent(guarantor, on=on, by=guarantor.member.user)
    if random.random() < 0.08:
        loans.refuse(loan, reason="Kas bulan ini belum cukup; silakan ajukan lagi bulan depan.", on=on, by=coop.chair)
        return False
    loan = loans.approve(loan, on=on, by=coop.chair)
    if not loan.approved_on:
        loans.approve(loan, on=on, by=coop.secretary)
    return True


def disburse(coop: Cooperative, loan: Loan, *, on: datetime.date) -> None:
    loan.refresh_from_db()
    first_due_on = add_months(on.replace(day=12), 1)
    loans.disburse(loan, on=on, first_due_on=first_due_on, by=coop.treasurer)
