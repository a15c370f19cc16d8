"""Asking for savings from the telephone: the limit of the rules, the chair's yes, the treasurer's money."""

import datetime
import threading
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.dates import today
from core.models import Notice
from ledger import chart
from savings import queries
from savings.models import Movement, WithdrawalRequest
from savings.services import (
    SavingsRefused,
    approve_withdrawal,
    cancel_withdrawal,
    deposit,
    pay_withdrawal,
    refuse_withdrawal,
    request_withdrawal,
    withdraw,
)
from savings.services import reverse as reverse_movement
from tests.books import assert_clean
from tests.builders import a_member_in, a_user, capital, savings_rules
from tests.savings.test_races import refusals, together

JANUARY = datetime.date(2025, 1, 12)
FEBRUARY = datetime.date(2025, 2, 12)
DAY = datetime.timedelta(days=1)
State = WithdrawalRequest.State


@pytest.fixture
def member(books, chair, secretary, treasurer):
    """Voluntary savings 2,000,000; above 500,000 a day the chair approves; a request is valid for 14 days."""
    savings_rules(by=chair, on=JANUARY, approval_above=500_000)
    return a_member_in(by=treasurer, on=JANUARY, voluntary=2_000_000, username="sri")


def ask(member, amount, *, wanted_on=FEBRUARY, on=FEBRUARY, **facts):
    return request_withdrawal(
        member, amount=amount, wanted_on=wanted_on, on=on, by=facts.pop("by", member.user), **facts
    )


def refused(service, *args, **facts):
    with pytest.raises(SavingsRefused) as no, transaction.atomic():
        service(*args, **facts)
    return no.value.field, str(no.value).replace("\xa0", " ")


@pytest.mark.django_db
class TestRequests:
    def test_a_small_sum_goes_to_the_treasurer(self, member, treasurer):
        withdrawal = ask(member, 500_000)
        assert withdrawal.state(as_of=FEBRUARY) == State.TO_PAY
        assert Notice.objects.get(
            to=treasurer, url=reverse("savings:withdrawal-request", args=[withdrawal.pk])
        ).text.replace("\xa0", " ") == ("Sri Lestari minta Rp 500.000 dari simpanannya.")
        paid = pay_withdrawal(withdrawal, on=FEBRUARY, by=treasurer)
        withdrawal.refresh_from_db()
        assert (withdrawal.state(as_of=FEBRUARY), withdrawal.movement, paid.receipt.amount) == (
            State.PAID,
            paid,
            500_000,
        )
        assert queries.balances(member, as_of=FEBRUARY).voluntary == 1_500_000
        assert_clean(FEBRUARY)

    def test_a_large_sum_needs_the_chair_first(self, member, treasurer, chair):
        withdrawal = ask(member, 500_001)
        assert withdrawal.state(as_of=FEBRUARY) == State.TO_APPROVE
        assert refused(pay_withdrawal, withdrawal, on=FEBRUARY, by=treasurer) == (
            None,
            "Ketua belum menyetujui penarikan ini.",
        )
        withdrawal = approve_withdrawal(withdrawal, on=FEBRUARY, by=chair)
        assert withdrawal.state(as_of=FEBRUARY) == State.TO_PAY
        assert refused(pay_withdrawal, withdrawal, on=FEBRUARY, by=chair)[1] == (
            "Yang menyetujui tidak membayarkannya. Mintalah bendahara."
        )
        pay_withdrawal(withdrawal, on=FEBRUARY, by=treasurer)
        assert queries.balances(member, as_of=FEBRUARY).voluntary == 1_499_999

    def test_the_counter_has_the_same_limit_and_a_day_has_one(self, member, treasurer, chair):
        withdraw(member, kind="voluntary", amount=300_000, on=FEBRUARY, by=treasurer)
        assert refused(withdraw, member, kind="voluntary", amount=200_001, on=FEBRUARY, by=treasurer) == (
            "amount",
            "Lebih dari Rp 500.000 dalam sehari perlu persetujuan ketua. Buatlah permintaan penarikan dulu.",
        )
        last = withdraw(member, kind="voluntary", amount=200_000, on=FEBRUARY, by=treasurer)
        assert refused(withdraw, member, kind="voluntary", amount=1, on=FEBRUARY, by=treasurer)[0] == "amount"
        # What was reversed did not leave; what the chair approved does not count; another day is another day.
        reverse_movement(last, on=FEBRUARY, reason="Salah", by=chair)
        withdraw(member, kind="voluntary", amount=200_000, on=FEBRUARY, by=treasurer)
        pay_withdrawal(approve_withdrawal(ask(member, 600_000), on=FEBRUARY, by=chair), on=FEBRUARY, by=treasurer)
        withdraw(member, kind="voluntary", amount=500_000, on=FEBRUARY + DAY, by=treasurer)
        assert queries.balances(member, as_of=FEBRUARY + DAY).voluntary == 400_000

    def test_what_stays_in_the_cooperative_needs_no_approval(self, member, treasurer):
        moved = withdraw(member, kind="voluntary", amount=900_000, on=FEBRUARY, by=treasurer, to="1901")
        assert moved.receipt is None

    def test_a_request_is_valid_for_the_days_of_the_rules(self, member, treasurer):
        withdrawal = ask(member, 100_000)
        last = datetime.date(2025, 2, 26)
        assert (withdrawal.expires_on, withdrawal.state(as_of=last)) == (last, State.TO_PAY)
        assert refused(pay_withdrawal, withdrawal, on=last + DAY, by=treasurer)[1] == (
            "Permintaan ini tidak berlaku lagi. Lihat sekali lagi."
        )
        assert ask(member, 200_000, wanted_on=last + DAY, on=last + DAY)  # the old one is no hindrance

    def test_a_request_keeps_the_rules_it_was_made_under(self, member, treasurer, chair):
        withdrawal = ask(member, 400_000)
        savings_rules(by=chair, on=FEBRUARY + DAY, approval_above=100_000)
        assert withdrawal.state(as_of=FEBRUARY + DAY) == State.TO_PAY

    def test_one_request_at_a_time_and_not_more_than_there_is(self, member, treasurer):
        assert refused(ask, member, 2_000_001)[0] == "amount"
        assert refused(ask, member, 1, wanted_on=JANUARY)[0] == "wanted_on"
        assert refused(ask, member, 1, channel="bank")[0] == "account"
        withdrawal = ask(member, 100_000)
        assert refused(ask, member, 50_000)[1] == (
            "Permintaan Rp 100.000 masih menunggu. Tarik dulu yang itu sebelum meminta lagi."
        )
        cancel_withdrawal(withdrawal, on=FEBRUARY, by=member.user)
        assert ask(member, 50_000).account == ""

    def test_money_is_paid_on_the_day_it_is_wanted_or_later(self, member, treasurer):
        withdrawal = ask(member, 100_000, wanted_on=FEBRUARY + DAY)
        assert refused(pay_withdrawal, withdrawal, on=FEBRUARY, by=treasurer)[0] == "on"

    def test_a_bank_transfer_leaves_the_bank(self, member, treasurer):
        capital(code=chart.BANK)
        withdrawal = ask(member, 100_000, channel="bank", account="BPD DIY 001-2345")
        paid = pay_withdrawal(withdrawal, on=FEBRUARY, by=treasurer)
        assert {line.account.code for line in paid.entry.lines.all()} == {"1102", "2101"}

    def test_a_refusal_has_a_reason_the_member_reads(self, member, treasurer):
        withdrawal = ask(member, 100_000)
        assert refused(refuse_withdrawal, withdrawal, reason=" ", on=FEBRUARY, by=treasurer)[0] == "reason"
        refuse_withdrawal(withdrawal, reason="Kas baru cukup Senin depan.", on=FEBRUARY, by=treasurer)
        assert "Kas baru cukup Senin depan." in Notice.objects.get(to=member.user).text
        assert refused(refuse_withdrawal, withdrawal, reason="x", on=FEBRUARY, by=treasurer)[1] == (
            "Permintaan ini ditolak. Lihat sekali lagi."
        )

    def test_nobody_decides_for_themselves(self, member, treasurer, chair, secretary):
        stranger = a_user("member", username="lain")
        assert refused(ask, member, 100_000, by=stranger)[1] == "Hanya Sri Lestari yang bisa meminta simpanan ini."
        withdrawal = ask(member, 600_000, by=chair)  # for a member without a telephone
        assert refused(approve_withdrawal, withdrawal, on=FEBRUARY, by=chair)[1] == (
            "Tidak seorang pun menyetujui permintaannya sendiri. Mintalah pengurus lain."
        )
        assert refused(cancel_withdrawal, withdrawal, on=FEBRUARY, by=treasurer)[0] is None
        approve_withdrawal(withdrawal, on=FEBRUARY, by=secretary)  # stands in for the chair who asked

    def test_the_secretary_stands_in_only_for_officers(self, member, secretary, chair):
        withdrawal = ask(member, 600_000)
        assert refused(approve_withdrawal, withdrawal, on=FEBRUARY, by=secretary)[1] == (
            "Ketua yang menyetujuinya. Sekretaris menggantikan hanya bila pengurus yang meminta."
        )

    # -- the database says no first ----------------------------------------------------------------------------------

    def test_the_database_wants_four_eyes(self, member, treasurer, chair):
        withdrawal = ask(member, 600_000)
        small = Movement.objects.filter(member=member).first()
        rows = WithdrawalRequest.objects.filter(pk=withdrawal.pk)
        for change in (
            {"approved_on": FEBRUARY, "approved_by": member.user},
            {"approved_on": FEBRUARY},
            {"movement": small},
            {"refused_on": FEBRUARY, "refused_by": chair},
            {"expires_on": JANUARY},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                rows.update(**change)
        paid = withdraw(member, kind="voluntary", amount=400_000, on=FEBRUARY, by=treasurer)
        with pytest.raises(IntegrityError, match="neither gets nor pays"), transaction.atomic():
            rows.update(movement=paid, approved_on=FEBRUARY, approved_by=chair)

    # -- in the browser ----------------------------------------------------------------------------------------------

    def test_from_the_telephone_to_the_cash_box(self, client, member, treasurer, chair):
        def send(user, name, *args, **typed):
            client.force_login(user)
            address = reverse(f"savings:{name}", args=args)
            assert client.get(address).status_code == 200
            page = client.post(address, {"token": str(uuid.uuid4())} | typed)
            assert page.status_code == 302, page.context["form"].errors
            return page

        send(member.user, "request-withdrawal", member.pk, amount="750.000", wanted_on=str(today()), channel="cash")
        withdrawal = WithdrawalRequest.objects.get()
        send(chair, "approve-withdrawal", withdrawal.pk)
        client.force_login(treasurer)
        assert "750.000" in client.get(reverse("savings:withdrawal-requests") + "?state=to_pay").content.decode()
        send(treasurer, "pay-withdrawal", withdrawal.pk, channel="cash", on=str(today()))
        client.force_login(member.user)
        page = client.get(reverse("savings:withdrawal-request", args=[withdrawal.pk])).content.decode()
        assert "dibayarkan" in page
        assert "KW-" in page

    def test_strangers_see_no_request(self, client, member):
        withdrawal = ask(member, 100_000)
        client.force_login(a_user("member", username="lain"))
        for name in ("withdrawal-request", "cancel-withdrawal"):
            assert client.get(reverse(f"savings:{name}", args=[withdrawal.pk])).status_code == 404
        for name in ("approve-withdrawal", "pay-withdrawal", "refuse-withdrawal"):
            assert client.get(reverse(f"savings:{name}", args=[withdrawal.pk])).status_code == 403
        assert client.get(reverse("savings:withdrawal-requests")).status_code == 403

    def test_the_list_costs_the_same_however_long(self, client, member, treasurer, django_assert_num_queries):
        client.force_login(treasurer)
        counts = []
        for index in range(2):
            other = a_member_in(f"Anggota {index}", by=treasurer, on=JANUARY, voluntary=100_000)
            ask(other, 10_000, by=treasurer)
            with django_assert_num_queries(5):
                counts.append(client.get(reverse("savings:withdrawal-requests")).context["page"].paginator.count)
        assert counts == [1, 2]


# -- two people at the same moment -----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_request_is_paid_once(member, treasurer, chair):
    withdrawal = ask(member, 300_000)
    results = together(*[lambda: pay_withdrawal(withdrawal, on=FEBRUARY, by=treasurer)] * 2)
    assert len(refusals(results)) == 1
    assert queries.balances(member, as_of=FEBRUARY).voluntary == 1_700_000


@pytest.mark.django_db(transaction=True)
def test_a_payment_that_meets_its_taking_back_ends_once(member, treasurer):
    withdrawal = ask(member, 300_000)
    results = together(
        lambda: pay_withdrawal(withdrawal, on=FEBRUARY, by=treasurer),
        lambda: cancel_withdrawal(withdrawal, on=FEBRUARY, by=member.user),
    )
    assert len(refusals(results)) == 1
    assert_clean(FEBRUARY)


@pytest.mark.django_db(transaction=True)
def test_a_paid_request_waits_for_the_deposit_on_its_way(member, treasurer):
    """A withdrawal of everything and a deposit: whichever comes first, the passbook ends at the deposit."""
    withdrawal = ask(member, 400_000)
    withdrawn = threading.Event()

    def take():
        made = pay_withdrawal(withdrawal, on=FEBRUARY, by=treasurer)
        withdrawn.set()
        return made

    results = together(take, lambda: deposit(member, kind="voluntary", amount=50_000, on=FEBRUARY, by=treasurer))
    assert refusals(results) == []
    assert withdrawn.is_set()
    assert queries.balances(member, as_of=FEBRUARY).voluntary == 1_650_000
    assert_clean(FEBRUARY)
