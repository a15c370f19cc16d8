"""What is set aside at the end of a month: the difference to what stands, in both directions, once."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core import hooks
from kokkmas.month_end import work as month_end
from ledger import chart
from ledger.models import Period
from ledger.queries import account_balance
from loans import queries, services
from loans.models import ProvisionRun
from loans.services import LoanRefused
from reports import checks
from tests.books import assert_clean
from tests.builders import a_member_in
from tests.loans.builders import a_disbursed_loan, class_rules
from tests.reports.conftest import run_around_the_guards

pytestmark = pytest.mark.django_db

APRIL, MAY, JUNE = (datetime.date(2026, month, 1) for month in (4, 5, 6))
END_OF_APRIL, END_OF_MAY, END_OF_JUNE = (
    datetime.date(2026, 4, 30),
    datetime.date(2026, 5, 31),
    datetime.date(2026, 6, 30),
)


def set_aside(as_of):
    return account_balance("usp", chart.LOAN_LOSS_ALLOWANCE, as_of=as_of)


@pytest.fixture
def budi(house, treasurer, secretary):
    """1,200,000 over 12 months from 12 January 2026, nothing paid: 108 days late on 31 May, 138 on 30 June."""
    class_rules(by=secretary, scheme="days")
    return a_disbursed_loan(a_member_in("Budi", by=treasurer, username="budi"), by=treasurer)


def test_a_run_posts_the_difference_and_a_second_run_nothing(budi, treasurer):
    first = services.post_provision(APRIL, on=END_OF_APRIL, by=treasurer)  # 77 days: current, 0.5 %
    assert (first.allowance, first.posted, first.current) == (6_000, 6_000, 1_200_000)
    assert services.post_provision(APRIL, on=END_OF_APRIL, by=treasurer) == first
    may = services.post_provision(MAY, on=END_OF_MAY, by=treasurer)  # 108 days: substandard, 10 %
    assert (may.allowance, may.posted) == (120_000, 114_000)
    june = services.post_provision(JUNE, on=END_OF_JUNE, by=treasurer)  # 138 days: doubtful, 50 %
    assert (june.allowance, june.posted) == (600_000, 480_000)
    assert [set_aside(day) for day in (END_OF_APRIL, END_OF_MAY, END_OF_JUNE)] == [6_000, 120_000, 600_000]
    assert account_balance("usp", chart.LOAN_LOSSES, as_of=END_OF_JUNE) == 600_000
    assert june.entry.reference == "provision:2026-06:1"
    assert hooks.answer("entries", "provision")(june.entry) == reverse("loans:collectibility")
    assert_clean(END_OF_JUNE)


def test_what_is_no_longer_needed_is_given_back(budi, treasurer):
    services.post_provision(MAY, on=END_OF_MAY, by=treasurer)
    services.repay(budi, amount=4 * 118_000, on=datetime.date(2026, 6, 10), by=treasurer)
    june = services.post_provision(JUNE, on=END_OF_JUNE, by=treasurer)  # 800,000 and 18 days late: 0.5 %
    assert (june.allowance, june.posted) == (4_000, -116_000)
    assert account_balance("usp", chart.LOAN_LOSSES, as_of=END_OF_JUNE) == 4_000


def test_a_payment_that_comes_late_into_the_month_makes_another_run(budi, treasurer):
    services.post_provision(MAY, on=END_OF_MAY, by=treasurer)
    services.repay(budi, amount=1_298_000 + 118_000, on=END_OF_MAY, by=treasurer)
    again = services.post_provision(MAY, on=END_OF_MAY, by=treasurer)
    assert (again.number, again.allowance, again.posted, again.loans) == (2, 0, -120_000, 0)
    assert queries.last_provision(as_of=END_OF_MAY) == again
    assert_clean(END_OF_MAY)


def test_before_rules_are_decided_nothing_is_set_aside(house, treasurer):
    assert services.post_provision(MAY, on=END_OF_MAY, by=treasurer) is None
    assert not ProvisionRun.objects.exists()


def test_the_close_of_a_month_sets_aside_what_is_missing(budi, treasurer):
    for month in range(1, 25):
        period = Period.objects.get(unit="usp", month=datetime.date(2024 + (month - 1) // 12, (month - 1) % 12 + 1, 1))
        period.closed_on, period.closed_by, period.seal = END_OF_MAY, treasurer, "x"
        period.save()
    january = Period.objects.get(unit="usp", month=datetime.date(2026, 1, 1))
    assert month_end.run(january, on=END_OF_MAY, by=treasurer) == 1
    assert all(work.preview.is_done for work in month_end.preview(january, by=treasurer))
    assert set_aside(datetime.date(2026, 1, 31)) == 6_000


def test_the_check_finds_a_rupiah_that_drifted(budi, treasurer):
    services.post_provision(MAY, on=END_OF_MAY, by=treasurer)
    run_around_the_guards("UPDATE ledger_line SET credit = credit + 1 WHERE credit = 120000")
    [row] = checks.run("allowance_equals_last_run", as_of=END_OF_JUNE).rows
    assert (row.allowance, row.booked) == (120_000, 120_001)


def test_the_database_holds_a_run_together(budi, treasurer):
    run = services.post_provision(MAY, on=END_OF_MAY, by=treasurer)
    facts = {f.name: getattr(run, f.name) for f in run._meta.fields if f.name != "id"}
    for damage in ({"number": 2, "posted": 0}, {"number": 2, "loss": -1}, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ProvisionRun.objects.create(**facts | damage)


def test_a_judgement_moves_the_class(budi, chair, treasurer):
    services.assess(budi, rescuable=False, in_court=True, reason="Diserahkan ke pengadilan.", on=END_OF_MAY, by=chair)
    with pytest.raises(LoanRefused, match="tidak menilai pinjamannya sendiri"):
        services.assess(budi, rescuable=True, in_court=False, reason="x", on=END_OF_MAY, by=budi.member.user)
    with pytest.raises(LoanRefused, match="alasan"):
        services.assess(budi, rescuable=True, in_court=False, reason=" ", on=END_OF_MAY, by=chair)


# -- pages -----------------------------------------------------------------------------------------------------------


def test_page_shows_classes_ratios_and_the_course(budi, client, treasurer, django_assert_max_num_queries):
    services.post_provision(APRIL, on=END_OF_APRIL, by=treasurer)
    services.post_provision(MAY, on=END_OF_MAY, by=treasurer)
    client.force_login(treasurer)
    with django_assert_max_num_queries(12):
        shown = client.get("/loans/collectibility/?as_of=2026-05-31").content.decode()
    for word in ("kurang lancar", "100\xa0%", "Mei 2026", "tidak sehat", "120.000"):
        assert word in shown, word
    listed = client.get("/loans/collectibility/substandard/?as_of=2026-05-31").content.decode()
    assert "Budi" in listed
    assert "Budi" not in client.get("/loans/collectibility/loss/?as_of=2026-05-31").content.decode()
    assert client.get("/loans/collectibility/best/").status_code == 404
    book = client.get("/loans/collectibility/export/?as_of=2026-05-31")
    assert book["Content-Disposition"].startswith('attachment; filename="kualitas-pinjaman')


def test_page_without_rules_says_what_to_do(house, client, treasurer):
    client.force_login(treasurer)
    assert "Belum ada aturan kolektibilitas" in client.get("/loans/collectibility/").content.decode()
    assert client.get("/loans/collectibility/export/").status_code == 404


def test_officers_judge_a_loan_in_the_browser_and_others_do_not(budi, client, chair, supervisor):
    url = f"/loans/{budi.pk}/assess/"
    facts = {
        "rescuable": "no",
        "in_court": "yes",
        "reason": "Sudah dibicarakan.",
        "token": "0f6b2a52-6f9c-4b86-9d4a-0d2f4f0a7a01",
    }
    client.force_login(chair)
    assert client.post(url, facts).url == f"/loans/{budi.pk}/"
    assert (budi.assessments.get().rescuable, budi.assessments.get().in_court) == (False, True)
    assert "Sudah dibicarakan." in client.get(url).content.decode()
    for user in (supervisor, budi.member.user):
        client.force_login(user)
        assert client.get(url).status_code == 403
