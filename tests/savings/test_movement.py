"""Receiving and paying out savings: what is booked, and every no with its sentence."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from core.audit import sentence, trail
from ledger import chart
from ledger.models import Entry, Period, Receipt, Unit
from ledger.queries import account_balance, member_balance
from ledger.services import LedgerRefused, close_period
from members.services import MemberRefused, admit
from savings import queries
from savings.models import Movement, SavingsRules
from savings.papers.movement import passbook_facts
from savings.services import SavingsRefused, deposit, join, reverse, withdraw
from tests.builders import a_member, a_member_in, an_applicant, savings_rules

JANUARY = datetime.date(2025, 1, 12)
FEBRUARY = datetime.date(2025, 2, 12)
MARCH = datetime.date(2025, 3, 12)


@pytest.fixture
def rules(books, chair, secretary):
    return savings_rules(by=chair, on=JANUARY)


@pytest.fixture
def member(rules, treasurer):
    return a_member_in(by=treasurer, on=JANUARY)


def lines(movement):
    return [
        (line.account.code, line.debit, line.credit, line.member_id)
        for line in movement.entry.lines.select_related("account").order_by("pk")
    ]


def refused(service, *args, **facts):
    with pytest.raises(SavingsRefused) as no, transaction.atomic():
        service(*args, **facts)
    return no.value.field, str(no.value)


# -- entering --------------------------------------------------------------------------------------------------------


def test_join_books_both_savings_in_one_entry_and_enters_the_member(rules, treasurer, secretary):
    applicant = an_applicant("Wahyu", by=secretary)
    admit(applicant, on=JANUARY, by=secretary)
    principal = join(applicant, on=JANUARY, by=treasurer)
    applicant.refresh_from_db()
    assert (applicant.number, applicant.entered_on) == (1, JANUARY)
    assert lines(principal) == [
        ("1101", 120_000, 0, None),
        ("3101", 0, 100_000, applicant.pk),
        ("3102", 0, 20_000, applicant.pk),
    ]
    assert [(m.kind, m.amount, m.entry, m.receipt) for m in Movement.objects.order_by("pk")] == [
        ("principal", 100_000, principal.entry, principal.receipt),
        ("mandatory", 20_000, principal.entry, principal.receipt),
    ]
    assert (principal.receipt.number, principal.receipt.amount) == ("KW-2025-0001", 120_000)
    assert principal.entry.reference == f"savings:{principal.pk}:joined"


def test_join_is_refused_before_admission_and_a_second_time(rules, treasurer, secretary):
    applicant = an_applicant("Wahyu", by=secretary)
    with pytest.raises(MemberRefused), transaction.atomic():
        join(applicant, on=JANUARY, by=treasurer)
    admit(applicant, on=JANUARY, by=secretary)
    join(applicant, on=JANUARY, by=treasurer)
    with pytest.raises(MemberRefused), transaction.atomic():
        join(applicant, on=JANUARY, by=treasurer)
    assert Entry.objects.count() == 1


def test_join_is_refused_before_the_first_rules(rules, treasurer, secretary):
    day = datetime.date(2025, 1, 11)
    applicant = an_applicant("Wahyu", by=secretary)
    admit(applicant, on=day, by=secretary)
    assert refused(join, applicant, on=day, by=treasurer) == (
        "on",
        "Belum ada aturan simpanan yang berlaku pada 11 Januari 2025. Ketua memberlakukannya dulu.",
    )
    applicant.refresh_from_db()
    assert applicant.entered_on is None


# -- deposits --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "code"), [("mandatory", "3102"), ("voluntary", "2101")])
def test_deposit_books_cash_against_the_members_savings(member, treasurer, kind, code):
    made = deposit(member, kind=kind, amount=50_000, on=FEBRUARY, by=treasurer)
    assert lines(made) == [("1101", 50_000, 0, None), (code, 0, 50_000, member.pk)]
    assert made.entry.reference == f"savings:{made.pk}:deposit"
    assert (made.receipt.number, made.receipt.amount, made.receipt.direction) == ("KW-2025-0002", 50_000, "in")
    assert account_balance(Unit.USP, chart.CASH, as_of=FEBRUARY) == 170_000


def test_deposit_is_told_in_the_trail_of_the_member(member, treasurer):
    deposit(member, kind="voluntary", amount=50_000, on=FEBRUARY, by=treasurer)
    assert sentence(trail(member).first()) == (
        f"{treasurer.name} menerima Rp\u00a050.000 dari Sri Lestari (1): simpanan sukarela (KW-2025-0002)"
    )


def test_deposit_against_another_account_gives_no_receipt(member, treasurer):
    made = deposit(member, kind="voluntary", amount=50_000, on=FEBRUARY, by=treasurer, against=chart.INTER_UNIT)
    assert (made.receipt, lines(made)[0]) == (None, ("1901", 50_000, 0, None))


def test_deposit_of_somebody_who_is_no_member_then_is_refused(member, treasurer, secretary):
    applicant = an_applicant("Wahyu", by=secretary)
    facts = {"kind": "voluntary", "amount": 1_000, "by": treasurer}
    assert refused(deposit, applicant, on=FEBRUARY, **facts) == (
        None,
        "Wahyu belum menjadi anggota. Terima dulu setoran pertamanya.",
    )
    assert refused(deposit, member, on=datetime.date(2025, 1, 11), **facts) == (
        "on",
        "Sri Lestari menjadi anggota pada 12 Januari 2025. Pilih hari itu atau sesudahnya.",
    )


def test_principal_savings_are_paid_once(member, treasurer, chair, secretary):
    assert refused(deposit, member, kind="principal", amount=1_000, on=FEBRUARY, by=treasurer) == (
        "kind",
        "Simpanan pokok Sri Lestari sudah lunas. Pilih jenis lain.",
    )
    without = a_member("Wahyu", on=JANUARY, by=secretary)
    assert refused(deposit, without, kind="principal", amount=100_001, on=FEBRUARY, by=treasurer) == (
        "amount",
        "Simpanan pokok hanya kurang Rp\u00a0100.000.",
    )
    assert deposit(without, kind="principal", amount=100_000, on=FEBRUARY, by=treasurer).amount == 100_000


def test_mandatory_savings_are_paid_a_year_ahead_at_most(member, treasurer):
    # January is paid; on 12 February 20,000 are due, and 12 months ahead are 240,000.
    assert refused(deposit, member, kind="mandatory", amount=260_001, on=FEBRUARY, by=treasurer) == (
        "amount",
        "Simpanan wajib bisa dibayar 12 bulan di muka, sekarang paling banyak Rp\u00a0260.000. "
        "Selebihnya masukkan ke simpanan sukarela.",
    )
    deposit(member, kind="mandatory", amount=260_000, on=FEBRUARY, by=treasurer)


def test_a_closed_month_takes_no_deposit(member, treasurer):
    for period in Period.objects.filter(unit=Unit.USP, month__lte=JANUARY).order_by("month"):
        close_period(period, on=FEBRUARY, by=treasurer)
    with pytest.raises(LedgerRefused), transaction.atomic():
        deposit(member, kind="voluntary", amount=1_000, on=datetime.date(2025, 1, 20), by=treasurer)


@pytest.mark.parametrize("amount", [0, -1])
def test_nothing_is_neither_deposited_nor_withdrawn(member, treasurer, amount):
    for service in (deposit, withdraw):
        assert refused(service, member, kind="voluntary", amount=amount, on=FEBRUARY, by=treasurer)[0] == "amount"


# -- withdrawals -----------------------------------------------------------------------------------------------------


def test_withdraw_pays_voluntary_savings_out(member, treasurer):
    deposit(member, kind="voluntary", amount=50_000, on=FEBRUARY, by=treasurer)
    made = withdraw(member, kind="voluntary", amount=30_000, on=MARCH, by=treasurer)
    assert lines(made) == [("1101", 0, 30_000, None), ("2101", 30_000, 0, member.pk)]
    assert made.receipt.direction == "out"
    assert queries.balances(member, as_of=MARCH) == queries.Balances(100_000, 20_000, 20_000)


@pytest.mark.parametrize(("kind", "name"), [("principal", "Simpanan pokok"), ("mandatory", "Simpanan wajib")])
def test_own_capital_is_not_paid_out_to_a_member(member, treasurer, kind, name):
    assert refused(withdraw, member, kind=kind, amount=1_000, on=FEBRUARY, by=treasurer) == (
        "kind",
        f"{name} tetap di koperasi sampai anggota keluar. Hanya simpanan sukarela yang dibayarkan.",
    )


def test_withdraw_never_goes_below_the_least_balance(books, chair, treasurer):
    savings_rules(by=chair, on=JANUARY, minimum=10_000)
    member = a_member_in(by=treasurer, on=JANUARY, voluntary=50_000)
    assert refused(withdraw, member, kind="voluntary", amount=40_001, on=FEBRUARY, by=treasurer) == (
        "amount",
        "Paling banyak Rp\u00a040.000 bisa dibayarkan: simpanan sukarela berisi Rp\u00a050.000, "
        "dan Rp\u00a010.000 harus tersisa.",
    )
    withdraw(member, kind="voluntary", amount=40_000, on=FEBRUARY, by=treasurer)


def test_withdraw_dated_back_overdraws_no_day_since(member, treasurer):
    # 50,000 on 12 January, 45,000 out on 12 March: a withdrawal dated 12 February finds 5,000.
    deposit(member, kind="voluntary", amount=50_000, on=JANUARY, by=treasurer)
    withdraw(member, kind="voluntary", amount=45_000, on=MARCH, by=treasurer)
    deposit(member, kind="voluntary", amount=90_000, on=datetime.date(2025, 4, 12), by=treasurer)
    assert queries.lowest_balance(member, "voluntary", since=FEBRUARY) == 5_000
    assert refused(withdraw, member, kind="voluntary", amount=5_001, on=FEBRUARY, by=treasurer)[0] == "amount"
    withdraw(member, kind="voluntary", amount=5_000, on=FEBRUARY, by=treasurer)


def test_withdraw_before_the_first_deposit_finds_nothing(member, treasurer):
    deposit(member, kind="voluntary", amount=50_000, on=MARCH, by=treasurer)
    assert queries.lowest_balance(member, "voluntary", since=FEBRUARY) == 0
    assert refused(withdraw, member, kind="voluntary", amount=1, on=FEBRUARY, by=treasurer)[0] == "amount"


# -- reversals -------------------------------------------------------------------------------------------------------


def test_reverse_undoes_a_deposit_and_keeps_both(member, treasurer, chair):
    made = deposit(member, kind="voluntary", amount=50_000, on=FEBRUARY, by=treasurer)
    undone = reverse(made, on=MARCH, reason="Salah anggota", by=chair)
    assert (undone.direction, undone.amount, undone.reverses, undone.entry.reverses) == (
        "withdrawal",
        50_000,
        made,
        made.entry,
    )
    assert member_balance(member, Unit.USP, chart.VOLUNTARY_SAVINGS, as_of=MARCH) == 0
    assert [(m.direction, m.balance) for m in queries.passbook(member) if m.kind == "voluntary"] == [
        ("deposit", 50_000),
        ("withdrawal", 0),
    ]


def test_reverse_needs_other_eyes_and_a_reason_and_happens_once(member, treasurer, chair):
    made = deposit(member, kind="voluntary", amount=50_000, on=FEBRUARY, by=treasurer)
    assert refused(reverse, made, on=MARCH, reason="Salah", by=treasurer)[1] == (
        "Yang membukukan tidak membatalkannya sendiri. Mintalah ketua atau pengurus lain."
    )
    assert refused(reverse, made, on=MARCH, reason=" ", by=chair)[0] == "reason"
    undone = reverse(made, on=MARCH, reason="Salah", by=chair)
    sentence = "Pembukuan ini sudah dibatalkan. Lihat buku simpanan."
    assert refused(reverse, made, on=MARCH, reason="Salah", by=chair)[1] == sentence
    assert refused(reverse, undone, on=MARCH, reason="Salah", by=chair)[1] == sentence


def test_reverse_of_a_deposit_that_was_paid_out_since_is_refused(member, treasurer, chair):
    made = deposit(member, kind="voluntary", amount=50_000, on=FEBRUARY, by=treasurer)
    withdraw(member, kind="voluntary", amount=20_000, on=MARCH, by=treasurer)
    assert refused(reverse, made, on=MARCH, reason="Salah", by=chair)[0] == "amount"


def test_the_first_savings_are_not_reversed(member, chair):
    first = Movement.objects.get(member=member, kind="principal")
    assert refused(reverse, first, on=MARCH, reason="Salah", by=chair)[1] == (
        "Setoran pertama menjadikan Sri Lestari anggota. Ia berakhir bersama keanggotaan, tidak dengan pembatalan."
    )


# -- the database ----------------------------------------------------------------------------------------------------


def test_the_database_keeps_movements_as_they_are(member):
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        Movement.objects.update(amount=1)
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        Movement.objects.all().delete()


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"amount": 0}, "savings_movement_amount_positive"),
        ({"kind": "gold"}, "savings_movement_kind_known"),
        ({"direction": "up"}, "savings_movement_direction_known"),
    ],
)
def test_the_database_refuses_a_movement_that_makes_no_sense(member, wrong, constraint):
    right = {"kind": "voluntary", "direction": "deposit", "amount": 1, "on": FEBRUARY}
    entry = Entry.objects.get()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Movement.objects.create(member=member, entry=entry, **{**right, **wrong})


def test_a_movement_is_reversed_once(member):
    first = Movement.objects.first()
    facts = {"member": member, "entry": first.entry, "on": FEBRUARY, "amount": 1, "reverses": first}
    Movement.objects.create(kind="principal", direction="withdrawal", **facts)
    with pytest.raises(IntegrityError, match="reverses"), transaction.atomic():
        Movement.objects.create(kind="principal", direction="withdrawal", **facts)


def test_rules_without_amounts_or_with_a_day_not_every_month_has_are_refused(rules):
    right = {"principal_amount": 1, "mandatory_amount": 1, "in_force_from": FEBRUARY, "decided_in": rules.decided_in}
    for wrong, constraint in [
        ({"principal_amount": 0}, "amounts_positive"),
        ({"minimum_voluntary_balance": -1}, "amounts_positive"),
        ({"mandatory_due_day": 29}, "due_day_in_every_month"),
    ]:
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            SavingsRules.objects.create(**{**right, **wrong})


def test_receipts_number_every_movement_of_cash(member, treasurer):
    deposit(member, kind="mandatory", amount=20_000, on=FEBRUARY, by=treasurer)
    deposit(member, kind="voluntary", amount=20_000, on=FEBRUARY, by=treasurer)
    withdraw(member, kind="voluntary", amount=5_000, on=FEBRUARY, by=treasurer)
    assert list(Receipt.objects.order_by("pk").values_list("number", "direction")) == [
        ("KW-2025-0001", "in"),
        ("KW-2025-0002", "in"),
        ("KW-2025-0003", "in"),
        ("KW-2025-0004", "out"),
    ]


def test_passbook_paper_has_a_column_for_each_kind(member, treasurer):
    deposit(member, kind="voluntary", amount=50_000, on=FEBRUARY, by=treasurer)
    facts = passbook_facts(member, on=FEBRUARY)
    assert [heading for heading, _shape in facts["columns"]][3:] == ["Masuk", "Keluar", "Pokok", "Wajib", "Sukarela"]
    assert [row[3:] for row in facts["rows"]] == [
        [100_000, None, 100_000, 0, 0],
        [20_000, None, 100_000, 20_000, 0],
        [50_000, None, 100_000, 20_000, 50_000],
    ]
    assert facts["total"][3:] == [170_000, 0, 100_000, 20_000, 50_000]


def test_trail_of_savings_without_a_receipt_names_none(member, treasurer):
    deposit(member, kind="voluntary", amount=50_000, on=FEBRUARY, by=treasurer, against=chart.TRANSFERS)
    told = sentence(trail(member).filter(action="savings.deposited").first())
    assert told.endswith(": simpanan sukarela")
