"""The table on the 12th: what is posted from the sheet, what is refused, what is reversed, and the count at the end."""

import datetime
import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from activities import papers
from activities.arithmetic.collection import DUES, LOANS, MANDATORY, Owed, Parts, Wanted, split
from activities.errors import ActivityRefused
from activities.models import Collection, CollectionCount, CollectionRules, DuesPayment
from activities.queries import cash_of, collection_sheet
from activities.services import Collected, collect, count_collection, reverse_collection
from activities.services.dues import collect_dues
from core import hooks
from core.errors import ManyRefused, Refused
from governance.services import hold_meeting, put_in_force
from ledger import chart
from ledger import queries as ledger
from ledger.channels import Channel, Way
from ledger.errors import LedgerRefused
from ledger.models import Entry, Period, Receipt, Unit
from ledger.services import close_period
from loans import queries as loan_queries
from loans import services as loan_services
from loans.models import Repayment
from members.models import Member
from reports import checks
from savings import queries as savings
from tests.activities.builders import at_the_table, dues_owed
from tests.books import assert_clean
from tests.builders import a_decision
from tests.loans.builders import a_disbursed_loan
from tests.roles import around_the_guards
from tests.treasury.builders import spending_rules
from treasury.errors import TreasuryRefused
from treasury.services import confirm_payment, decline_payment

JANUARY = datetime.date(2025, 1, 12)
MARCH = datetime.date(2025, 3, 12)
LATER = datetime.date(2025, 3, 13)
ORDER = (LOANS, MANDATORY, DUES)


@pytest.fixture
def people(books, treasurer, chair):
    return at_the_table(treasurer, chair)


@pytest.fixture
def meeting(secretary):
    return hold_meeting(on=MARCH, by=secretary)


def usp(code):
    return ledger.account_balance(Unit.USP, code, as_of=MARCH)


def umum(code):
    return ledger.account_balance(Unit.UMUM, code, as_of=MARCH)


def all_of(sri, loan, **facts):
    return Collected(sri, mandatory=40_000, dues_months=3, repayments={loan: 236_000}, **facts)


def owed_by(member):
    [row] = [row for row in collection_sheet(on=MARCH) if row.member_id == member.pk]
    return row.owed.mandatory, sum(row.owed.dues), sum(row.owed.loans.values())


# -- dividing --------------------------------------------------------------------------------------------------------

OWED = Owed(mandatory=40_000, dues=(10_000, 10_000, 12_000), loans={7: 236_000, 9: 50_000})


@pytest.mark.parametrize(
    ("given", "order", "parts"),
    [
        (358_000, ORDER, (40_000, 3, 0, {7: 236_000, 9: 50_000}, 0)),
        (400_000, ORDER, (40_000, 3, 42_000, {7: 236_000, 9: 50_000}, 0)),
        (300_000, ORDER, (14_000, 0, 0, {7: 236_000, 9: 50_000}, 0)),
        (100_000, ORDER, (0, 0, 0, {7: 100_000}, 0)),
        (100_000, (DUES, MANDATORY, LOANS), (40_000, 3, 0, {7: 28_000}, 0)),
        (25_000, (DUES, MANDATORY, LOANS), (5_000, 2, 0, {}, 0)),
    ],
)
def test_what_is_given_is_divided_in_the_order_of_the_rules(given, order, parts):
    found = split(given, OWED, order=order, keeps_rest=True)
    assert (found.mandatory, found.months, found.voluntary, found.loans, found.left) == parts


def test_what_is_said_by_hand_stays_and_the_rest_is_divided_around_it():
    wanted = Wanted(mandatory=0, months=1, loans={7: 100_000})
    assert split(200_000, OWED, order=ORDER, keeps_rest=True, wanted=wanted) == Parts(
        mandatory=0, months=1, dues=10_000, voluntary=40_000, loans={7: 100_000, 9: 50_000}, left=0
    )


def test_what_is_left_is_given_back_where_the_rules_keep_nothing():
    assert split(400_000, OWED, order=ORDER, keeps_rest=False).left == 42_000
    assert split(50_000, OWED, order=ORDER, keeps_rest=True, wanted=Wanted(mandatory=60_000)).left == -10_000


# -- the rules -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_order_is_decided_and_each_purpose_is_named_once(chair):
    assert CollectionRules.objects.current(MARCH).order == ORDER
    decision = a_decision(by=chair, on=JANUARY)
    facts = {"in_force_from": JANUARY, "decided_in": decision, "on": JANUARY, "by": chair}
    put_in_force(CollectionRules, first=DUES, second=MANDATORY, third=LOANS, rest="returned", **facts)
    assert CollectionRules.objects.current(MARCH).order == (DUES, MANDATORY, LOANS)
    assert not CollectionRules.objects.current(MARCH).keeps_rest
    with pytest.raises(IntegrityError, match="each_once"), transaction.atomic():
        CollectionRules.objects.create(in_force_from=MARCH, decided_in=decision, first=DUES, second=DUES)


# -- posting ---------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_one_receipt_has_all_that_a_member_pays(people, meeting, treasurer):
    sri, wahyu, loan = people
    receipts, cash = Receipt.objects.count(), (usp(chart.CASH), umum(chart.CASH))
    made = collect(meeting, collected=[all_of(sri, loan), Collected(wahyu, voluntary=15_000)], by=treasurer)
    assert [row.amount for row in made] == [306_000, 15_000]
    assert Receipt.objects.count() == receipts + 2
    receipt = made[0].receipt
    assert sorted(receipt.parts.values_list("amount", flat=True)) == [30_000, 40_000, 236_000]
    assert receipt.purpose == (
        f"Setoran rapat: pinjaman {loan.number}, simpanan wajib, iuran Januari 2025 sampai Maret 2025"
    )
    assert (usp(chart.CASH) - cash[0], umum(chart.CASH) - cash[1]) == (291_000, 30_000)
    assert owed_by(sri) == (0, 0, 0)
    assert {paid.receipt for paid in DuesPayment.objects.all()} == {receipt}
    assert Repayment.objects.get().receipt == receipt
    assert cash_of(meeting) == 321_000
    connection.check_constraints()
    assert_clean(MARCH)


@pytest.mark.django_db
def test_the_bulk_books_what_single_services_would(people, meeting, treasurer):
    sri, _wahyu, loan = people
    with transaction.atomic():
        single = loan_services.repay(loan, amount=236_000, on=MARCH, by=treasurer)
        wanted = sorted(single.parts.values_list("instalment", "principal", "interest", "penalty"))
        lines = sorted(single.entry.lines.values_list("account__code", "member", "debit", "credit"))
        transaction.set_rollback(True)
    [row] = collect(meeting, collected=[all_of(sri, loan)], by=treasurer)
    repayment = Repayment.objects.get()
    assert sorted(repayment.parts.values_list("instalment", "principal", "interest", "penalty")) == wanted
    assert sorted(repayment.entry.lines.values_list("account__code", "member", "debit", "credit")) == lines
    assert row.receipt.number == repayment.receipt.number


@pytest.mark.django_db
@pytest.mark.parametrize("amount", [236_000, 400_000, 1_416_000])
def test_money_before_it_is_due_and_the_last_instalment_go_the_same_way(people, meeting, treasurer, amount):
    sri, _wahyu, loan = people
    [row] = collect(meeting, collected=[Collected(sri, repayments={loan: amount})], by=treasurer)
    loan.refresh_from_db()
    assert (row.amount, row.receipt.parts.get().amount) == (amount, amount)
    assert bool(loan.settled_on) == (amount == 1_416_000)
    assert_clean(MARCH)


@pytest.mark.django_db
@pytest.mark.parametrize("way", [Way(Channel.BANK, chart.BANK), Way(Channel.QRIS, chart.QRIS)])
def test_a_transfer_arrives_once_and_hands_dues_over(people, meeting, treasurer, way):
    sri, _wahyu, loan = people
    collect(meeting, collected=[all_of(sri, loan, channel=way)], by=treasurer)
    assert (usp(way.account), umum(chart.DUES)) == (306_000, 30_000)
    assert (usp(chart.INTER_UNIT), umum(chart.INTER_UNIT)) == (-30_000, 30_000)
    assert cash_of(meeting) == 0
    assert_clean(MARCH)


@pytest.mark.django_db
def test_voluntary_savings_pay_what_is_owed(people, meeting, treasurer, chair):
    _sri, wahyu, _loan = people
    row = Collected(wahyu, mandatory=40_000, dues_months=3, channel=Channel.SAVINGS)
    [made] = collect(meeting, collected=[row], by=treasurer)
    assert savings.balances(wahyu, as_of=MARCH).voluntary == 430_000
    assert (usp(chart.TRANSFERS), made.withdrawal.amount, cash_of(meeting)) == (0, 40_000, 0)
    assert_clean(MARCH)
    reverse_collection(made, on=LATER, reason="Salah orang", by=chair)
    assert savings.balances(wahyu, as_of=LATER).voluntary == 500_000
    assert dues_owed(wahyu, as_of=LATER) == 30_000
    assert_clean(LATER)


@pytest.mark.django_db
def test_a_loan_is_paid_from_savings_too(people, meeting, treasurer):
    _sri, wahyu, _loan = people
    loan = a_disbursed_loan(wahyu, by=treasurer, on=JANUARY)
    row = Collected(wahyu, dues_months=1, repayments={loan: 118_000}, channel=Channel.SAVINGS)
    collect(meeting, collected=[row], by=treasurer)
    assert savings.balances(wahyu, as_of=MARCH).voluntary == 500_000 - 128_000
    assert_clean(MARCH)


# -- refused: all or nothing -----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_every_line_that_is_not_possible_is_said_and_nothing_is_booked(people, meeting, treasurer):
    sri, wahyu, loan = people
    entries = Entry.objects.count()
    rows = [
        Collected(sri, mandatory=9_000_000, repayments={loan: 99_000_000}),
        Collected(wahyu, mandatory=9_000_000),
    ]
    with pytest.raises(ManyRefused) as refused, transaction.atomic():
        collect(meeting, collected=rows, by=treasurer)
    assert {pk: sentence[:30] for pk, sentence in refused.value.rows.items()} == {
        sri.pk: "Yang masih terutang pada hari ",
        wahyu.pk: "Simpanan wajib bisa dibayar 12",
    }
    assert (Entry.objects.count(), Collection.objects.count()) == (entries, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"dues_months": 9}, "3 bulan"),
        ({}, "lebih dari nol"),
        ({"voluntary": 10, "channel": Channel.SAVINGS}, "sukarela"),
        ({"mandatory": 9_000_000, "channel": Channel.SAVINGS}, "Paling banyak"),
    ],
)
def test_a_line_that_cannot_be(people, meeting, treasurer, facts, said):
    _sri, wahyu, _loan = people
    with pytest.raises(ManyRefused, match=said):
        collect(meeting, collected=[Collected(wahyu, **facts)], by=treasurer)


@pytest.mark.django_db
def test_a_member_who_left_meanwhile(people, meeting, treasurer):
    _sri, wahyu, _loan = people
    Member.objects.filter(pk=wahyu.pk).update(left_on=MARCH, leaving_reason="own_request")
    with pytest.raises(ManyRefused, match="Wahyu"):
        collect(meeting, collected=[Collected(wahyu, mandatory=40_000)], by=treasurer)


@pytest.mark.django_db
def test_a_month_paid_since_is_not_paid_again(people, meeting, treasurer):
    _sri, wahyu, _loan = people
    collect_dues(wahyu, months=1, on=LATER, by=treasurer)
    with pytest.raises(ManyRefused, match="Januari 2025"):
        collect(meeting, collected=[Collected(wahyu, dues_months=1)], by=treasurer)


@pytest.mark.django_db
def test_a_member_pays_once_on_a_sheet(people, meeting, treasurer):
    _sri, wahyu, _loan = people
    [made] = collect(meeting, collected=[Collected(wahyu, voluntary=15_000)], by=treasurer)
    with pytest.raises(ManyRefused, match=made.receipt.number):
        collect(meeting, collected=[Collected(wahyu, voluntary=15_000)], by=treasurer)
    again = Collection.objects.get(pk=made.pk)
    again.pk, again.receipt = None, Receipt.objects.exclude(pk=made.receipt_id).first()
    with pytest.raises(IntegrityError, match="one_a_member"), transaction.atomic():
        again.save(force_insert=True)


@pytest.mark.django_db
def test_the_month_is_closed_while_the_sheet_is_open(people, meeting, treasurer, chair):
    _sri, wahyu, _loan = people
    for past in Period.objects.filter(month__lte=MARCH).order_by("unit", "month"):
        close_period(past, on=datetime.date(2025, 4, 1), by=chair)
    with pytest.raises(LedgerRefused, match="ditutup"):
        collect(meeting, collected=[Collected(wahyu, voluntary=15_000)], by=treasurer)


# -- reversing -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_receipt_is_reversed_by_somebody_else_with_every_part(people, meeting, treasurer, chair):
    sri, _wahyu, loan = people
    [made] = collect(meeting, collected=[all_of(sri, loan)], by=treasurer)
    with pytest.raises(Refused):
        reverse_collection(made, on=MARCH, reason="Salah ketik", by=treasurer)
    reverse_collection(made, on=MARCH, reason="Salah ketik", by=chair)
    assert (owed_by(sri), cash_of(meeting)) == ((40_000, 30_000, 236_000), 0)
    assert_clean(MARCH)
    with pytest.raises(ActivityRefused):
        reverse_collection(made, on=MARCH, reason="Lagi", by=chair)
    collect(meeting, collected=[all_of(sri, loan)], by=treasurer)
    assert_clean(MARCH)


@pytest.mark.django_db
def test_what_was_reversed_in_its_room_is_not_reversed_twice(people, meeting, treasurer, chair):
    sri, _wahyu, loan = people
    [made] = collect(meeting, collected=[all_of(sri, loan)], by=treasurer)
    loan_services.reverse_repayment(Repayment.objects.get(), on=MARCH, reason="Salah", by=chair)
    assert cash_of(meeting) == 70_000
    reverse_collection(made, on=MARCH, reason="Salah ketik", by=chair)
    assert cash_of(meeting) == 0
    assert_clean(MARCH)


# -- the count -------------------------------------------------------------------------------------------------------


def count(meeting, by, pieces, **facts):
    return count_collection(meeting, pieces=pieces, witness="Bu Darmi", by=by, **facts)


@pytest.mark.django_db
def test_the_count_closes_the_sheet(people, meeting, treasurer):
    _sri, wahyu, _loan = people
    collect(meeting, collected=[Collected(wahyu, voluntary=15_000)], by=treasurer)
    made = count(meeting, treasurer, {10_000: 1, 5_000: 1})
    assert (made.expected, made.counted, made.difference, made.entry) == (15_000, 15_000, 0, None)
    with pytest.raises(ActivityRefused, match="ditutup"):
        collect(meeting, collected=[Collected(wahyu, voluntary=15_000)], by=treasurer)
    with pytest.raises(ActivityRefused, match="ditutup"):
        count(meeting, treasurer, {10_000: 1})


@pytest.mark.django_db
@pytest.mark.parametrize(("pieces", "difference"), [({10_000: 1, 2_000: 1, 1_000: 1}, -2_000), ({10_000: 5}, 35_000)])
def test_a_difference_is_booked_with_its_reason(people, meeting, treasurer, pieces, difference):
    _sri, wahyu, _loan = people
    collect(meeting, collected=[Collected(wahyu, voluntary=15_000)], by=treasurer)
    cash = usp(chart.CASH)
    with pytest.raises(ActivityRefused):
        count(meeting, treasurer, pieces)
    made = count(meeting, treasurer, pieces, reason="Uang kembalian salah hitung")
    assert made.difference == difference
    sheet = hooks.answer("entries", "collection")(made.entry)
    assert sheet == reverse("activities:collect", args=[meeting.pk])
    assert (usp(chart.CASH) - cash, usp(chart.CASH_DIFFERENCES)) == (difference, -difference)
    assert_clean(MARCH)


@pytest.fixture
def large_difference(people, meeting, treasurer, chair):
    """Rp 15,000 were received; the rules let one officer book 10,000, and Rp 50,000 or nothing lie on the table."""
    _sri, wahyu, _loan = people
    spending_rules(by=chair, alone_up_to=10_000)
    return collect(meeting, collected=[Collected(wahyu, voluntary=15_000)], by=treasurer)


@pytest.mark.django_db
@pytest.mark.parametrize(("pieces", "difference"), [({}, -15_000), ({10_000: 5}, 35_000)])
def test_a_large_difference_is_booked_by_two(large_difference, meeting, treasurer, chair, pieces, difference):
    cash = usp(chart.CASH)
    request = count(meeting, treasurer, pieces, reason="Laci tertukar")
    assert (request.kind, request.amount, usp(chart.CASH)) == ("difference", abs(difference), cash)
    assert not CollectionCount.objects.exists()
    for again in (
        lambda: collect(meeting, collected=[Collected(large_difference[0].member, voluntary=1_000)], by=treasurer),
        lambda: count(meeting, chair, {10_000: 1, 5_000: 1}),
    ):
        with pytest.raises(ActivityRefused, match="persetujuan kedua"):
            again()
    with pytest.raises(TreasuryRefused):
        confirm_payment(request, on=LATER, by=treasurer)
    request, made = confirm_payment(request, on=LATER, by=chair)
    assert (made.difference, made.by, made.reason, made.pieces) == (
        difference, treasurer, "Laci tertukar", {str(value): n for value, n in pieces.items()},
    )  # fmt: skip
    assert (request.entry, made.entry.date) == (made.entry, LATER)
    assert ledger.account_balance(Unit.USP, chart.CASH, as_of=LATER) - cash == difference
    text = PdfReader(io.BytesIO(papers.collection_count(made))).pages[0].extract_text()
    assert all(each in text for each in (treasurer.name, "Bu Darmi", chair.name, "Laci tertukar"))
    assert_clean(LATER)


@pytest.mark.django_db
def test_declined_the_evening_is_counted_again(large_difference, meeting, treasurer, chair):
    request = count(meeting, treasurer, {}, reason="Laci tertukar")
    decline_payment(request, reason="Hitung lagi", on=MARCH, by=chair)
    assert count(meeting, treasurer, {10_000: 1, 5_000: 1}).difference == 0
    assert_clean(MARCH)


@pytest.mark.django_db
def test_a_receipt_reversed_since_the_count_makes_another_difference(large_difference, meeting, treasurer, chair):
    request = count(meeting, treasurer, {10_000: 5}, reason="Laci tertukar")
    reverse_collection(large_difference[0], on=MARCH, reason="Salah orang", by=chair)
    with pytest.raises(ActivityRefused, match="dibatalkan"):
        confirm_payment(request, on=MARCH, by=chair)
    assert not CollectionCount.objects.exists()


@pytest.mark.django_db
def test_the_database_keeps_a_sheet_closed_while_its_difference_waits(large_difference, people, meeting, treasurer):
    sri, _wahyu, _loan = people
    count(meeting, treasurer, {}, reason="Laci tertukar")
    with pytest.raises(IntegrityError, match="closed"), transaction.atomic():
        Collection.objects.create(
            meeting=meeting, member=sri, amount=1, channel="cash", on=MARCH, by=treasurer,
            receipt=Receipt.objects.exclude(pk=large_difference[0].receipt_id).first(),
        )  # fmt: skip


@pytest.mark.django_db
def test_somebody_else_counts_along(people, meeting, treasurer):
    with pytest.raises(ActivityRefused):
        count_collection(meeting, pieces={}, witness=treasurer.name, by=treasurer)


@pytest.mark.django_db
def test_the_database_keeps_a_closed_sheet_closed_and_rows_as_they_are(people, meeting, treasurer):
    sri, wahyu, _loan = people
    [made] = collect(meeting, collected=[Collected(wahyu, voluntary=15_000)], by=treasurer)
    counted = count(meeting, treasurer, {10_000: 1, 5_000: 1})
    with pytest.raises(IntegrityError, match="closed"), transaction.atomic():
        Collection.objects.create(
            meeting=meeting, member=sri, amount=1, channel="cash", on=MARCH, by=treasurer,
            receipt=Receipt.objects.exclude(pk=made.receipt_id).first(),
        )  # fmt: skip
    for wrong in (lambda: made.delete(), lambda: Collection.objects.update(amount=1)):
        with pytest.raises(Exception, match="pgtrigger"), transaction.atomic():
            wrong()
    with pytest.raises(Exception, match="pgtrigger"), transaction.atomic():
        CollectionCount.objects.filter(pk=counted.pk).update(counted=1)
    with pytest.raises(IntegrityError, match="difference_booked"), transaction.atomic():
        CollectionCount.objects.create(
            meeting=hold_meeting(on=LATER, by=treasurer), pieces={}, expected=5, counted=0, difference=-5,
            by=treasurer, witness="Bu Darmi",
        )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "check"),
    [
        ("UPDATE activities_collection SET amount = amount + 1", "collections_match_their_receipts"),
        (
            "UPDATE activities_collectioncount SET counted = counted + 5, difference = difference + 5",
            "collection_counts_book_their_difference",
        ),
        ("DELETE FROM activities_collectioncount", "money_out_has_a_paper"),
        ("UPDATE ledger_receiptpart SET amount = amount + 1", "savings_receipts_match"),
    ],
)
def test_check_finds_what_was_changed_behind_the_guards(people, meeting, treasurer, statement, check):
    _sri, wahyu, _loan = people
    collect(meeting, collected=[Collected(wahyu, voluntary=15_000)], by=treasurer)
    count(meeting, treasurer, {10_000: 1}, reason="Hilang")
    connection.check_constraints()
    assert_clean(MARCH)
    with around_the_guards(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert check in {found.name for found in checks.run_all(as_of=MARCH) if not found.passed}


# -- at the same moment ----------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_officers_post_the_same_sheet_and_it_is_booked_once(books, treasurer, chair, secretary):
    sri, wahyu, loan = at_the_table(treasurer, chair)
    meeting = hold_meeting(on=MARCH, by=secretary)
    rows = [all_of(sri, loan), Collected(wahyu, voluntary=15_000)]

    def post(by):
        try:
            return len(collect(meeting, collected=rows, by=by))
        except ManyRefused as refusal:
            return sorted(refusal.rows)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = [future.result(timeout=60) for future in [pool.submit(post, by) for by in (treasurer, chair)]]
    assert sorted(outcomes, key=str) == sorted([2, sorted([sri.pk, wahyu.pk])], key=str)
    assert (Collection.objects.count(), Repayment.objects.count()) == (2, 1)
    assert_clean(MARCH)


# -- many ------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_statements_do_not_grow_with_the_members(people, meeting, treasurer):
    sri, wahyu, loan = people
    other = a_disbursed_loan(wahyu, by=treasurer, on=JANUARY)
    rows = [all_of(sri, loan), all_of(wahyu, other)]
    cost = []
    for paid in (rows[:1], rows):
        with CaptureQueriesContext(connection) as asked, transaction.atomic():
            made = collect(meeting, collected=paid, by=treasurer)
            assert len(made) == len(paid)
            transaction.set_rollback(True)
        cost.append(len(asked))
    assert cost[0] == cost[1]


def test_what_was_paid_since_is_not_asked_for_again(people, treasurer):
    """A sheet typed in next day; Wahyu paid two of three months of dues in the meantime, Sri all that was due."""
    sri, wahyu, loan = people
    collect_dues(wahyu, months=2, on=LATER, by=treasurer)
    collect_dues(sri, months=3, on=LATER, by=treasurer)
    due = {row.loan_id: row.due for row in loan_queries.due(as_of=LATER, member=sri)}
    loan_services.repay(loan, amount=due[loan.pk], through="cash", on=LATER, by=treasurer)
    before = {row.member_id: row.owed for row in collection_sheet(on=MARCH)}
    assert sum(before[wahyu.pk].dues) == sum(before[sri.pk].dues) == 30_000
    assert before[sri.pk].loans == {loan.pk: 236_000}
    after = {row.member_id: row for row in collection_sheet(on=MARCH, known_on=LATER)}
    assert (after[wahyu.pk].owed.dues, after[wahyu.pk].dues.due_months) == ((10_000,), 1)
    assert after[wahyu.pk].owed.mandatory == before[wahyu.pk].mandatory
    assert after[sri.pk].dues is None
    assert after[sri.pk].owed.loans == {loan.pk: 0}
    assert collection_sheet(on=MARCH, known_on=MARCH) == collection_sheet(on=MARCH)
