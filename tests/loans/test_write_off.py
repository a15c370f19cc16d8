"""A loan given up: out of the books with a decision, recovered as income, never reopened, and forgiven by the members.

Budi borrows 1,200,000 over 12 months at 1.5 % flat on 12 January 2026 and pays the first instalment: 100,000 of
principal. On 15 October eight instalments are late, nothing of the interest of eight months, 144,000, is paid.
"""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core.errors import Refused
from governance.models import Decision
from governance.queries.letter import letters_waiting
from governance.services.ladder import climb
from ledger import chart
from ledger.queries import account_balance, member_balance
from loans import queries, services
from loans.models import CollectibilityRules, Loan, Recovery, WriteOff
from loans.papers.card import card_facts
from loans.queries import cards, eligibility
from loans.services import LoanRefused
from reports import checks
from tests.books import assert_clean
from tests.builders import a_decision, a_member_in, a_user
from tests.governance.builders import ladder_rules
from tests.loans.builders import a_disbursed_loan, class_rules
from tests.reports.conftest import run_around_the_guards

pytestmark = pytest.mark.django_db

JANUARY, FEBRUARY = datetime.date(2026, 1, 12), datetime.date(2026, 2, 12)
SEPTEMBER_END, MEETING, DAY = datetime.date(2026, 9, 30), datetime.date(2026, 10, 12), datetime.date(2026, 10, 15)
LATER = datetime.date(2026, 11, 5)
TOKEN = {"token": "0f6b2a52-6f9c-4b86-9d4a-0d2f4f0a7a01"}


def balance(code, as_of=LATER):
    return account_balance("usp", code, as_of=as_of)


@pytest.fixture
def budi(house, treasurer, secretary):
    class_rules(by=secretary)
    loan = a_disbursed_loan(a_member_in("Budi", by=treasurer, username="budi"), by=treasurer)
    services.repay(loan, amount=118_000, on=FEBRUARY, by=treasurer)
    return loan


def given_up(loan, *, by, number="RA-HAPUS", **facts):
    """The members decided to give this loan up."""
    return a_decision(by=by, on=MEETING, number=number, kind="write_off", about=loan, **facts)


@pytest.fixture
def decision(budi, secretary):
    return given_up(budi, by=secretary)


@pytest.fixture
def proposal(budi, decision, treasurer):
    facts = {"decision": decision, "reason": "Usaha tutup, sudah tiga kali dibicarakan."}
    return services.propose_write_off(budi, kind="books", on=DAY, by=treasurer, **facts)


@pytest.fixture
def written_off(proposal, chair):
    return services.write_off(proposal, on=DAY, by=chair).loan


def end_of_claim(loan, decision, *, by, on=LATER):
    return services.propose_write_off(loan, kind="claim", decision=decision, reason="Sakit menahun.", on=on, by=by)


def test_of_a_written_off_loan_no_letter_waits(proposal, secretary, chair):
    ladder_rules(by=secretary)
    for day in (20, 28):
        climb("loan", on=datetime.date(2026, 3, day))
    assert letters_waiting() == 1
    services.write_off(proposal, on=DAY, by=chair)
    assert letters_waiting() == 0


def test_the_loan_card_tells_of_the_write_off_and_of_what_came_back(written_off, treasurer, client):
    """1,244,000 is claimed from the write-off on, 400,000 of it comes back: 844,000 is left."""
    services.recover(written_off, amount=400_000, on=LATER, by=treasurer)
    wrong = services.recover(written_off, amount=44_000, on=LATER, by=treasurer)
    services.reverse_recovery(wrong, reason="Salah orang.", on=LATER, by=a_user("chair", username="ketua2"))
    [card] = cards(written_off.member)
    assert [(row.kind, row.principal, row.amount, row.balance) for row in card.rows] == [
        ("disbursed", 0, 0, 1_200_000),
        ("paid", 100_000, 118_000, 1_100_000),
        ("written_off", 0, 0, 1_244_000),
        ("recovered", 0, 400_000, 844_000),
    ]
    client.force_login(written_off.member.user)
    page = client.get(f"/loans/cards/{written_off.member_id}/").content.decode()
    assert "Kembali" in page
    assert "844.000" in page
    [loan] = card_facts(written_off.member, on=LATER)["loans"]
    assert [row[2] for row in loan["rows"]][2:] == ["Dihapus buku; tagihan tetap berjalan", "Masuk setelah hapus buku"]
    assert loan["total"][-1] == 844_000
    assert client.get(f"/loans/cards/{written_off.member_id}/card.pdf").status_code == 200


def test_with_enough_set_aside_nothing_is_an_expense_again(budi, proposal, chair, treasurer):
    run = services.post_provision(datetime.date(2026, 9, 1), on=SEPTEMBER_END, by=treasurer)
    assert run.allowance == 1_100_000  # six months since 12 March are over, without collateral: a loss, 100 %
    done = services.write_off(proposal, on=DAY, by=chair)
    assert (done.principal, done.interest, done.claim, done.from_allowance) == (
        1_100_000,
        144_000,
        1_244_000,
        1_100_000,
    )
    assert (balance(chart.LOANS_RECEIVABLE), balance(chart.LOAN_LOSS_ALLOWANCE)) == (0, 0)
    assert balance(chart.LOAN_LOSSES) == 1_100_000  # of September
    budi.refresh_from_db()
    assert budi.state == Loan.State.WRITTEN_OFF
    assert_clean(LATER)
    again = services.post_provision(datetime.date(2026, 10, 1), on=datetime.date(2026, 10, 31), by=treasurer)
    assert (again.allowance, again.posted, again.loans) == (0, 0, 0)
    assert_clean(LATER)


def test_what_the_allowance_lacks_is_an_expense(written_off):
    assert balance(chart.LOAN_LOSSES) == 1_100_000
    assert member_balance(written_off.member, "usp", chart.LOANS_RECEIVABLE, as_of=DAY) == 0
    assert_clean(LATER)


def test_it_is_on_no_list_of_running_loans_and_bars_another_loan(written_off):
    assert queries.arrears(as_of=LATER) == []
    assert queries.classed(CollectibilityRules.objects.current(LATER), as_of=LATER) == []
    assert not Loan.objects.running(as_of=LATER).exists()
    assert Loan.objects.running(as_of=DAY - datetime.timedelta(days=1)).exists()
    assert Loan.objects.with_outstanding(as_of=LATER).get().outstanding == 0
    asked = {"product": written_off.rules.product, "principal": 500_000, "instalments": 5}
    [failed] = [
        check.explanation
        for check in eligibility(written_off.member, as_of=LATER, **asked)
        if not check.passed and "hapus" in check.explanation
    ]
    assert "1.244.000" in failed


def test_what_comes_in_later_is_income_and_the_loan_stays_written_off(written_off, treasurer, chair):
    came = services.recover(written_off, amount=300_000, on=LATER, by=treasurer)
    assert balance(chart.RECOVERED_LOANS) == 300_000
    assert queries.claim(written_off).left == 944_000
    assert came.receipt.amount == 300_000
    with pytest.raises(LoanRefused, match=r"944\.000"):
        services.recover(written_off, amount=944_001, on=LATER, by=treasurer)
    services.recover(written_off, amount=944_000, on=LATER, by=treasurer)
    written_off.refresh_from_db()
    assert (written_off.state, written_off.settled_on) == (Loan.State.WRITTEN_OFF, LATER)
    assert queries.claim_left(written_off.member, as_of=LATER) == 0
    assert not Loan.objects.settled(as_of=LATER).exists()
    assert balance(chart.RECOVERED_LOANS) == 1_244_000
    assert_clean(LATER)
    services.reverse_recovery(came, reason="Salah pinjaman.", on=LATER, by=chair)
    written_off.refresh_from_db()
    assert (written_off.settled_on, queries.claim(written_off).left) == (None, 300_000)
    assert_clean(LATER)


def test_the_members_end_the_claim(written_off, decision, treasurer, chair):
    services.recover(written_off, amount=244_000, on=LATER, by=treasurer)
    done = services.forgive(end_of_claim(written_off, decision, by=treasurer), on=LATER, by=chair)
    written_off.refresh_from_db()
    assert (done.claim, written_off.state, queries.claim(written_off).left) == (1_000_000, Loan.State.FORGIVEN, 0)
    with pytest.raises(LoanRefused, match="dihapus tagih"):
        services.recover(written_off, amount=1, on=LATER, by=treasurer)
    assert_clean(LATER)


def test_four_eyes_and_the_right_organ(budi, proposal, decision, treasurer, secretary, chair):
    with pytest.raises(LoanRefused, match="empat mata"):
        services.write_off(proposal, on=DAY, by=treasurer)
    with pytest.raises(LoanRefused, match="dirinya sendiri"):
        services.write_off(proposal, on=DAY, by=budi.member.user)
    with pytest.raises(LoanRefused, match="sudah diusulkan"):
        services.propose_write_off(budi, kind="books", decision=decision, reason="x", on=DAY, by=secretary)
    loan = services.write_off(proposal, on=DAY, by=chair).loan
    with pytest.raises(LoanRefused, match="sudah dijalankan"):
        services.drop_write_off(proposal, on=DAY, by=chair)
    board = given_up(budi, by=secretary, number="PENGURUS-1", organ=Decision.Organ.BOARD)
    with pytest.raises(LoanRefused, match="Hanya rapat anggota"):
        end_of_claim(loan, board, by=treasurer)
    ending = end_of_claim(loan, decision, by=treasurer)
    with pytest.raises(LoanRefused, match="empat mata"):
        services.forgive(ending, on=LATER, by=treasurer)


def test_days_before_the_decision_the_last_payment_or_the_month_end_are_refused(
    budi, proposal, decision, treasurer, chair
):
    early = MEETING - datetime.timedelta(days=1)
    with pytest.raises(Refused, match="12 Oktober 2026"):
        services.propose_write_off(budi, kind="books", decision=decision, reason="x", on=early, by=chair)
    services.post_provision(datetime.date(2026, 10, 1), on=datetime.date(2026, 10, 31), by=treasurer)
    with pytest.raises(LoanRefused, match="31 Oktober 2026"):
        services.write_off(proposal, on=DAY, by=chair)
    services.repay(budi, amount=50_000, on=LATER, by=treasurer)
    with pytest.raises(LoanRefused, match="5 November 2026"):
        services.write_off(proposal, on=LATER - datetime.timedelta(days=1), by=chair)


def test_a_dropped_proposal_leaves_the_loan_as_it_is_and_another_can_be_made(
    budi, proposal, decision, chair, secretary
):
    services.drop_write_off(proposal, on=DAY, by=chair)
    budi.refresh_from_db()
    assert budi.state == Loan.State.RUNNING
    assert services.propose_write_off(budi, kind="books", decision=decision, reason="x", on=DAY, by=secretary)


def test_no_payment_no_reversal_after_the_write_off(written_off, treasurer, chair):
    with pytest.raises(LoanRefused, match="hapus buku"):
        services.repay(written_off, amount=1_000, on=LATER, by=treasurer)
    with pytest.raises(LoanRefused, match="hapus buku"):
        services.reverse_repayment(written_off.repayments.get(), reason="x", on=LATER, by=chair)


# -- around the services ---------------------------------------------------------------------------------------------


def refused_by(name):
    return pytest.raises(IntegrityError, match=name)


def test_the_database_wants_two_people_and_the_right_organ(budi, proposal, decision, secretary, treasurer):
    rows = WriteOff.objects.filter(pk=proposal.pk)
    done = {"done_on": DAY, "claim": 1, "penalty": 1}
    with refused_by("done_by_somebody_else"), transaction.atomic():
        rows.update(done_by=treasurer, **done)
    with refused_by("nobody writes off"), transaction.atomic():
        rows.update(done_by=budi.member.user, **done)
    with refused_by("writeoff_sums"), transaction.atomic():
        rows.update(done_by=secretary, done_on=DAY, claim=2, penalty=1)
    board = given_up(budi, by=secretary, number="PENGURUS-1", organ=Decision.Organ.BOARD)
    with refused_by("only the members"), transaction.atomic():
        WriteOff.objects.create(
            loan=budi, kind="claim", decision=board, reason="x", proposed_on=DAY, proposed_by=treasurer
        )


def test_the_database_never_reopens_a_loan(written_off, budi, treasurer):
    rows = Loan.objects.filter(pk=written_off.pk)
    for change in ({"written_off_on": None}, {"schedule_version": 2}):
        with refused_by("written_off_stays"), transaction.atomic():
            rows.update(**change)


def test_the_database_takes_recoveries_of_written_off_loans_only(budi, treasurer):
    repayment = budi.repayments.get()
    with refused_by("written off is recovered"), transaction.atomic():
        Recovery.objects.create(
            loan=budi,
            received_on=LATER,
            amount=1,
            received_by=treasurer,
            entry=repayment.entry,
            receipt=repayment.receipt,
        )


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("recoveries_match_their_entries", "UPDATE loans_recovery SET amount = amount + 1"),
        (
            "recoveries_match_their_entries",
            "UPDATE loans_writeoff SET claim = 200000, interest = 0, principal = 200000",
        ),
        (
            "write_offs_match_their_entries",
            "UPDATE loans_writeoff SET principal = principal - 1, interest = interest + 1",
        ),
        ("write_offs_match_their_entries", "UPDATE loans_loan SET written_off_on = '2026-10-16'"),
        ("loans_agree_with_ledger", "UPDATE loans_writeoff SET principal = principal - 1, interest = interest + 1"),
    ],
)
def test_checks_find_what_drifted(written_off, treasurer, name, damage):
    services.recover(written_off, amount=300_000, on=LATER, by=treasurer)
    run_around_the_guards(damage)
    assert not checks.run(name, as_of=LATER).passed


# -- pages -----------------------------------------------------------------------------------------------------------


def test_a_loan_is_given_up_in_the_browser_by_two_officers(budi, decision, client, treasurer, chair, supervisor):
    url = f"/loans/{budi.pk}/write-off/"
    for user in (supervisor, budi.member.user):
        client.force_login(user)
        assert client.get(url).status_code == 403
    client.force_login(treasurer)
    facts = {"decision": decision.pk, "reason": "Usaha tutup."}
    assert client.post(url, facts | TOKEN).url == f"/loans/{budi.pk}/"
    proposal = WriteOff.objects.get()
    carry_out = f"/loans/write-offs/{proposal.pk}/carry-out/"
    assert "empat mata" in client.get(carry_out).content.decode()
    client.force_login(chair)
    assert "Usaha tutup." in client.get(f"/loans/{budi.pk}/").content.decode()
    assert "1.100.000" in client.get(carry_out).content.decode()
    on = {"on": Loan.objects.get(pk=budi.pk).disbursed_on.today().isoformat()}
    again = {"token": "1f6b2a52-6f9c-4b86-9d4a-0d2f4f0a7a02"}
    assert client.post(carry_out, on | again).url == f"/loans/{budi.pk}/"
    shown = client.get(f"/loans/{budi.pk}/").content.decode()
    assert "hapus buku" in shown
    assert "Budi" in client.get("/loans/write-offs/").content.decode()
    assert client.get("/loans/write-offs/export/").status_code == 200
    client.force_login(treasurer)
    again = {"token": "2f6b2a52-6f9c-4b86-9d4a-0d2f4f0a7a03"}
    paid = client.post(f"/loans/{budi.pk}/recover/", on | again | {"amount": "100.000", "through": "cash"})
    assert paid.url == f"/loans/{budi.pk}/"
    client.force_login(budi.member.user)
    assert "100.000" in client.get(f"/loans/{budi.pk}/").content.decode()
    assert client.get(f"/loans/{budi.pk}/recover/").status_code == 403


def test_a_proposal_is_put_aside_and_a_receipt_reversed_in_the_browser(written_off, decision, client, treasurer, chair):
    came = services.recover(written_off, amount=100_000, on=LATER, by=treasurer)
    ending = end_of_claim(written_off, decision, by=treasurer)
    client.force_login(chair)
    assert client.get(f"/loans/{written_off.pk}/write-off/").status_code == 200
    assert client.post(f"/loans/write-offs/{ending.pk}/drop/", TOKEN).url == f"/loans/{written_off.pk}/"
    url = f"/loans/recoveries/{came.pk}/reverse/"
    assert client.get(url).status_code == 200
    again = {"token": "1f6b2a52-6f9c-4b86-9d4a-0d2f4f0a7a02", "reason": "Salah", "on": LATER.isoformat()}
    assert client.post(url, again).url == f"/loans/{written_off.pk}/"
    assert queries.claim(written_off).left == 1_244_000


def test_the_list_takes_the_same_queries_for_one_loan_and_for_many(written_off, client, treasurer, chair):
    client.force_login(treasurer)

    def count():
        with CaptureQueriesContext(connection) as caught:
            client.get("/loans/write-offs/")
        return len(caught)

    client.get("/loans/write-offs/")
    one = count()
    for name in ("Tono", "Wati"):
        loan = a_disbursed_loan(a_member_in(name, by=treasurer), by=treasurer)
        decision = given_up(loan, by=treasurer, number=f"RA-{name}")
        given = services.propose_write_off(loan, kind="books", decision=decision, reason="x", on=DAY, by=treasurer)
        services.write_off(given, on=DAY, by=chair)
    assert count() == one
