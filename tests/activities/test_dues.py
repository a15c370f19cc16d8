"""Dues: what is open as at a date, and receiving it oldest month first."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from activities import hooks, queries
from activities.errors import ActivityRefused
from activities.models import DuesPayment, DuesRules, DuesWaiver
from activities.services import collect_dues, end_waiver, reverse_dues, waive_dues
from activities.services.dues import pay_dues_from_savings
from governance.services import put_in_force
from ledger import chart
from ledger.models import Unit
from ledger.queries import account_balance
from members import services as members
from savings import services as savings
from savings.queries import balances
from savings.services.common import SavingsRefused
from tests.activities.builders import a_waiver_decision, dues_owed, dues_rules
from tests.books import assert_clean
from tests.builders import a_decision, a_member, a_user, savings_rules

JANUARY = datetime.date(2025, 1, 12)


def day(month, date=12, year=2025):
    return datetime.date(year, month, date)


@pytest.fixture
def member(books, chair, secretary):
    dues_rules(by=chair, on=JANUARY)
    return a_member("Sri Lestari", on=JANUARY, by=secretary, phone="+6281234567890")


def refused(service, *args, **facts):
    with pytest.raises(ActivityRefused) as no, transaction.atomic():
        service(*args, **facts)
    return no.value.field, str(no.value)


# -- what is open ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "owed"),
    [
        (day(1, 11), 0),  # no member yet
        (day(1, 12), 10_000),  # entered today: the first month is due at once
        (day(2, 11), 10_000),  # the day before the due day
        (day(2, 12), 20_000),
        (day(3, 1), 20_000),
        (day(12, 31), 120_000),
        (day(1, 12, 2026), 130_000),
    ],
)
def test_dues_owed_counts_a_month_from_its_due_day(member, as_of, owed):
    assert dues_owed(member, as_of=as_of) == owed


def test_each_month_costs_what_was_in_force_on_its_first_day(member, chair):
    # From 12 March the dues are 15,000: March still costs 10,000, April 15,000.
    dues_rules(by=chair, on=day(3), amount=15_000)
    dues = queries.open_dues(member, as_of=day(4))
    assert dues.amounts == (10_000, 10_000, 10_000, 15_000)
    assert (dues.owed, dues.owed_from, dues.months[dues.due_months - 1]) == (45_000, day(1, 1), day(4, 1))


def test_who_entered_before_the_first_rules_owes_from_the_first_whole_month(books, chair, secretary):
    member = a_member(on=datetime.date(2024, 11, 12), by=secretary)
    dues_rules(by=chair, on=JANUARY)
    assert queries.open_dues(member, as_of=day(3)).months == (day(2, 1), day(3, 1))


def test_unpaid_dues_lists_who_owes_in_one_query(member, secretary, treasurer, django_assert_num_queries):
    other = a_member("Wahyu", on=JANUARY, by=secretary)
    paid = a_member("Tono", on=JANUARY, by=secretary)
    collect_dues(other, months=1, on=day(2), by=treasurer)
    collect_dues(paid, months=2, on=day(2), by=treasurer)
    with django_assert_num_queries(1):
        rows = queries.unpaid_dues(as_of=day(2))
    assert [(row.name, row.months, row.owed) for row in rows] == [
        ("Sri Lestari", (day(1, 1), day(2, 1)), 20_000),
        ("Wahyu", (day(2, 1),), 10_000),
    ]
    assert str(rows[0].phone) == "+6281234567890"


# -- receiving -------------------------------------------------------------------------------------------------------


def test_collect_dues_takes_the_oldest_months_on_one_entry_and_receipt(member, treasurer):
    payments = collect_dues(member, months=2, on=day(4), by=treasurer)
    assert [(paid.month, paid.amount) for paid in payments] == [(day(1, 1), 10_000), (day(2, 1), 10_000)]
    assert len({(paid.entry, paid.receipt) for paid in payments}) == 1
    entry, receipt = payments[0].entry, payments[0].receipt
    assert (entry.unit, entry.reference) == (Unit.UMUM, f"dues:{payments[0].pk}:received")
    assert [(line.account.code, line.debit, line.credit) for line in entry.lines.order_by("pk")] == [
        (chart.CASH, 20_000, 0),
        (chart.DUES, 0, 20_000),
    ]
    assert (receipt.number, receipt.amount, receipt.purpose) == (
        "KW-2025-0001",
        20_000,
        "Iuran Januari 2025 sampai Februari 2025",
    )
    assert queries.open_dues(member, as_of=day(4)).months == (day(3, 1), day(4, 1))
    assert account_balance(Unit.UMUM, chart.DUES, as_of=day(4)) == 20_000


def test_dues_can_be_paid_a_year_ahead(member, treasurer):
    # January is due on 12 January; twelve more months end with January 2026.
    assert refused(collect_dues, member, months=14, on=JANUARY, by=treasurer) == (
        "months",
        "Bisa dibayar 1 sampai 13 bulan, yang terlama dulu.",
    )
    collect_dues(member, months=13, on=JANUARY, by=treasurer)
    assert dues_owed(member, as_of=day(1, 31, 2026)) == 0
    assert dues_owed(member, as_of=day(2, 12, 2026)) == 10_000


@pytest.mark.parametrize("months", [0, -1])
def test_no_months_are_refused(member, treasurer, months):
    assert refused(collect_dues, member, months=months, on=JANUARY, by=treasurer)[0] == "months"


def test_nobody_pays_dues_before_entering(member, treasurer):
    assert refused(collect_dues, member, months=1, on=day(1, 11), by=treasurer) == (
        None,
        "Sri Lestari tidak punya iuran yang terbuka pada 11 Januari 2025.",
    )


def test_a_payment_dated_back_does_not_take_a_month_paid_since(member, treasurer):
    collect_dues(member, months=1, on=day(3), by=treasurer)
    assert refused(collect_dues, member, months=1, on=day(2), by=treasurer) == (
        "on",
        "Januari 2025 sudah dibayar pada 12 Maret 2025. Pakai hari itu atau sesudahnya.",
    )


# -- reversing -------------------------------------------------------------------------------------------------------


def test_reverse_dues_opens_every_month_of_the_receipt_again(member, treasurer, chair):
    first, _second = collect_dues(member, months=2, on=day(2), by=treasurer)
    reverse_dues(first, on=day(3), reason="Salah anggota", by=chair)
    assert dues_owed(member, as_of=day(2)) == 0
    assert dues_owed(member, as_of=day(3)) == 30_000
    assert account_balance(Unit.UMUM, chart.DUES, as_of=day(3)) == 0
    assert [paid.month for paid in collect_dues(member, months=1, on=day(3), by=treasurer)] == [day(1, 1)]


def test_reverse_dues_needs_other_eyes_and_happens_once(member, treasurer, chair):
    [paid] = collect_dues(member, months=1, on=day(2), by=treasurer)
    assert (paid.may_be_reversed_by(treasurer), paid.may_be_reversed_by(chair)) == (False, True)
    assert refused(reverse_dues, paid, on=day(3), reason="Salah", by=treasurer)[1] == (
        "Anda sendiri yang mencatatnya. Minta pengurus lain membatalkannya."
    )
    assert refused(reverse_dues, paid, on=day(3), reason="", by=chair)[0] == "reason"
    reverse_dues(paid, on=day(3), reason="Salah", by=chair)
    assert (
        refused(reverse_dues, paid, on=day(3), reason="Salah", by=chair)[1]
        == "Ini sudah dibatalkan. Muat ulang halaman ini."
    )


# -- every way to pay ------------------------------------------------------------------------------------------------


def booked(entry):
    return [(line.account.code, line.debit, line.credit) for line in entry.lines.order_by("pk")]


@pytest.mark.parametrize(("channel", "account"), [("cash", chart.CASH), ("bank", chart.BANK), ("qris", chart.QRIS)])
def test_dues_come_by_every_channel(member, treasurer, channel, account):
    [paid] = collect_dues(member, months=1, on=day(2), by=treasurer, channel=channel)
    assert (paid.channel, booked(paid.entry)[0]) == (channel, (account, 10_000, 0))
    assert_clean(day(2))


def test_dues_out_of_the_savings_take_what_is_there_and_give_it_back(member, treasurer, chair, secretary):
    member = members.link_login(member, user=a_user("member", username="sri"), by=secretary)
    savings_rules(by=chair, on=day(1, 13))
    savings.deposit(member, kind="voluntary", amount=25_000, on=day(2), by=treasurer)
    with pytest.raises(SavingsRefused), transaction.atomic():
        collect_dues(member, months=3, on=day(3), by=treasurer, channel="savings")
    assert not DuesPayment.objects.exists(), "all or nothing"
    paid, _other = collect_dues(member, months=2, on=day(3), by=treasurer, channel="savings")
    assert booked(paid.entry)[0] == (chart.INTER_UNIT, 20_000, 0)
    assert balances(member, as_of=day(3)).voluntary == 5_000
    assert member.user.notices.filter(text__contains="20.000 simpanan sukarela").exists(), "the member is told"
    assert_clean(day(3))
    reverse_dues(paid, on=day(4), reason="Anggota tidak setuju", by=chair)
    assert balances(member, as_of=day(4)).voluntary == 25_000
    assert dues_owed(member, as_of=day(4)) == 40_000
    assert_clean(day(4))


def test_a_standing_order_is_told_of_once_by_who_carries_it_out(member, treasurer, chair, secretary):
    member = members.link_login(member, user=a_user("member", username="sri"), by=secretary)
    savings_rules(by=chair, on=day(1, 13))
    savings.deposit(member, kind="voluntary", amount=50_000, on=day(2), by=treasurer)
    assert pay_dues_from_savings(member, on=day(2), by=treasurer) == 20_000
    assert (dues_owed(member, as_of=day(2)), member.user.notices.count()) == (0, 0)
    assert pay_dues_from_savings(member, on=day(2), by=treasurer) == 0
    assert_clean(day(2))


# -- what becomes of them --------------------------------------------------------------------------------------------


def test_a_part_of_each_month_goes_into_the_funds_by_the_rules_of_that_month(member, treasurer, chair):
    """January and February cost 10,000 without a share; March 12,000: 2,000 social, 1,000 education, 9,000 income."""
    put_in_force(
        DuesRules,
        in_force_from=day(3, 1),
        decided_in=a_decision(by=chair, on=day(2), number="Bagian"),
        on=day(2),
        by=chair,
        amount=12_000,
        to_social_fund=2_000,
        to_education_fund=1_000,
    )
    paid = collect_dues(member, months=3, on=day(3), by=treasurer)
    assert [(each.amount, each.to_social_fund, each.to_education_fund) for each in paid] == [
        (10_000, 0, 0), (10_000, 0, 0), (12_000, 2_000, 1_000),
    ]  # fmt: skip
    assert booked(paid[0].entry) == [
        (chart.CASH, 32_000, 0), (chart.DUES, 0, 29_000),
        (chart.SOCIAL_FUND, 0, 2_000), (chart.EDUCATION_FUND, 0, 1_000),
    ]  # fmt: skip
    assert queries.fund_balance(chart.SOCIAL_FUND, as_of=day(3)) == 2_000
    assert_clean(day(3))
    reverse_dues(paid[0], on=day(4), reason="Salah anggota", by=chair)
    assert queries.fund_balance(chart.SOCIAL_FUND, as_of=day(4)) == 0
    assert [(row.kind, row.count, row.amount) for row in queries.fund_movements(chart.SOCIAL_FUND, as_of=day(4))] == [
        ("dues", 1, -2_000), ("dues", 1, 2_000),
    ]  # fmt: skip
    assert_clean(day(4))


def test_the_funds_never_get_more_than_the_dues(chair):
    for wrong in ({"to_social_fund": 6_000, "to_education_fund": 4_001}, {"to_social_fund": -1}):
        with pytest.raises(IntegrityError, match="shares_within_the_dues"), transaction.atomic():
            DuesRules.objects.create(in_force_from=day(6), decided_in=a_decision(by=chair), amount=10_000, **wrong)


def test_a_proposal_says_what_the_funds_would_get(member, chair):
    current = DuesRules.objects.current(day(3))
    same = DuesRules(amount=10_000, to_social_fund=2_000)
    assert [(effect.question, effect.note) for effect in hooks.of_dues_rules(same, current, as_of=day(3))] == [
        ("Iuran yang masuk dana sosial", "Rp\u00a02.000 per bulan, sebelumnya Rp\u00a00")
    ]
    more = hooks.of_dues_rules(DuesRules(amount=12_000), current, as_of=day(3))
    assert [(effect.count, effect.of) for effect in more] == [(1, 1)]


# -- waiving ---------------------------------------------------------------------------------------------------------


def test_a_decision_lets_a_member_off_some_months(member, treasurer, chair, secretary):
    collect_dues(member, months=1, on=JANUARY, by=treasurer)
    decision = a_waiver_decision(member, by=chair, on=day(3))
    waiver = waive_dues(
        member, first_month=day(1), last_month=day(4, 30), reason="Lama sakit", decided_in=decision, on=day(3), by=chair
    )
    assert (waiver.first_month, waiver.last_month) == (day(1, 1), day(4, 1))
    assert dues_owed(member, as_of=day(2)) == 10_000, "as at a day before the decision February was owed"
    assert dues_owed(member, as_of=day(4)) == 0
    assert queries.open_dues(member, as_of=day(6)).months == (day(5, 1), day(6, 1))
    assert DuesPayment.objects.unreversed().count() == 1, "what was paid stays paid"
    with pytest.raises(ActivityRefused, match="Anda sendiri"):
        end_waiver(waiver, on=day(5), reason="Salah", by=chair)
    end_waiver(waiver, on=day(5), reason="Salah anggota", by=secretary)
    assert dues_owed(member, as_of=day(5)) == 40_000


def test_waivers_that_cannot_be(member, chair, secretary):
    decision = a_waiver_decision(member, by=chair, on=day(3))
    of_another = a_waiver_decision(a_member("Tono", by=secretary), by=chair, on=day(3), number="Tono")
    right = {
        "first_month": day(3), "last_month": day(4), "reason": "Sakit", "decided_in": decision, "on": day(3),
        "by": chair,
    }  # fmt: skip
    for wrong, field in (
        ({"last_month": day(2)}, "last_month"),
        ({"last_month": day(4, 1, 2026)}, "last_month"),
        ({"reason": " "}, "reason"),
        ({"on": day(2)}, "decided_in"),
        ({"decided_in": a_decision(by=chair, on=day(3), number="Lain")}, "decided_in"),
        ({"decided_in": of_another}, "decided_in"),
    ):
        assert refused(waive_dues, member, **right | wrong)[0] == field
    waiver = waive_dues(member, **right)
    for wrong, constraint in (
        ({"first_month": day(3)}, "whole_months"),
        ({"first_month": day(5, 1)}, "whole_months"),
        ({"reason": ""}, "with_a_reason"),
    ):
        facts = right | {"member": member, "first_month": day(3, 1), "last_month": day(4, 1)}
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            DuesWaiver.objects.create(**facts | wrong)
    for damage in (lambda: DuesWaiver.objects.update(reason="x"), waiver.delete):
        with pytest.raises(ProgrammingError), transaction.atomic():
            damage()


# -- the database ----------------------------------------------------------------------------------------------------


def test_the_database_takes_a_month_once(member, treasurer):
    [paid] = collect_dues(member, months=1, on=day(2), by=treasurer)
    right = {
        "member": member, "month": day(1, 1), "amount": 1, "on": day(2), "by": treasurer, "entry": paid.entry,
        "receipt": paid.receipt, "channel": "cash",
    }  # fmt: skip
    for wrong, constraint in [
        ({}, "one_a_month"),
        ({"month": day(2, 2)}, "month_starts_on_the_first"),
        ({"month": day(2, 1), "amount": 0}, "amount_positive"),
        ({"month": day(2, 1), "reversed_on": day(2)}, "reversed_by_others"),
    ]:
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            DuesPayment.objects.create(**{**right, **wrong})


def test_the_database_keeps_payments(member, treasurer):
    collect_dues(member, months=1, on=day(2), by=treasurer)
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        DuesPayment.objects.update(amount=1)
    with pytest.raises(ProgrammingError, match="Cannot delete"), transaction.atomic():
        DuesPayment.objects.all().delete()


def test_the_database_refuses_dues_of_nothing(chair):
    rules = dues_rules(by=chair)
    for wrong in ({"amount": 0}, {"amount": 1, "due_day": 0}, {"amount": 1, "due_day": 29}):
        with pytest.raises(IntegrityError, match="activities_duesrules"), transaction.atomic():
            DuesRules.objects.create(in_force_from=day(6), decided_in=rules.decided_in, **wrong)
