"""The first page: what each role reads there, and that it asks no more of the database as the cooperative grows."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities import queries as activities_queries
from activities import services as activities
from activities.queries import collection_sheet
from core import dates
from core.money import format_rupiah
from core.permissions import Role
from governance.arrears import owed
from kokkmas.office import home
from loans import queries as loans
from savings import queries as savings
from tests import builders
from tests.activities.builders import dues_rules
from tests.loans.builders import a_disbursed_loan, loan_rules
from tests.treasury.builders import a_bank, a_voucher, bca, category, spending_rules
from treasury import services as treasury

ON = datetime.date(2026, 3, 12)


@pytest.fixture
def rules(books, chair):
    return builders.savings_rules(by=chair)


@pytest.fixture
def parti(rules, treasurer):
    return builders.a_member_in(
        "Parti", on=datetime.date(2026, 1, 12), by=treasurer, username="parti", voluntary=50_000
    )


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role.values)
def test_every_role_has_a_home(client, books, role):
    client.force_login(builders.a_user(role, username="somebody"))
    response = client.get("/")
    assert response.status_code == 200
    assert response.templates[0].name == home.PAGES.get(role, ("home/office.html",))[0]


def test_member_reads_what_is_owed_and_saved(parti):
    answers = home.member(parti.user, ON)["answers"]
    assert [answer.reply for answer in answers[:2]] == ["Rp\u00a040.000", "Rp\u00a0170.000"]
    assert answers[0].note == "simpanan wajib sejak Februari 2026"


def test_member_who_paid_owes_nothing(parti, treasurer):
    builders.savings.deposit(parti, kind="mandatory", amount=40_000, on=ON, by=treasurer)
    assert home.owes(parti, ON).reply == "Tidak ada"


@pytest.mark.django_db
@pytest.mark.parametrize("day", [datetime.date(2026, 3, 12), datetime.date(2026, 3, 22)])
def test_what_a_member_owes_is_the_same_figure_everywhere(parti, secretary, treasurer, day):
    """Savings of three months, dues, and a loan with two instalments due, one with a penalty of 0.1 % a day."""
    builders.capital()
    dues_rules(by=secretary)
    loan_rules(by=secretary, penalty_rate_bp=10)
    loan = a_disbursed_loan(parti, by=treasurer)
    due = sum(row.owed for row in loans.position(loan, as_of=day).rows if row.due_on <= day)
    assert due > 236_000
    assert [row.due for row in loans.due(as_of=day)] == [row.due for row in loans.arrears(as_of=day)] == [due]
    assert [each.rupiah for each in owed("loan", as_of=day, until=day)] == [due]
    sheet = [row for row in collection_sheet(on=day) if row.member_id == parti.pk]
    assert [sum(loan.due for loan in row.loans) for row in sheet] == [due]
    mandatory = savings.obligation(parti, as_of=day).owed
    dues = activities_queries.open_dues(parti, as_of=day).owed
    assert [(row.mandatory, row.dues.owed) for row in sheet] == [(mandatory, dues)]
    assert home.owes(parti, day).reply == format_rupiah(due + mandatory + dues)


def test_login_without_a_member_is_told_whom_to_ask(client, books):
    client.force_login(builders.a_user(Role.MEMBER))
    assert '<p class="notice amber">' in client.get("/").content.decode()


def test_treasurer_sees_who_owes_and_which_months_are_open(parti, treasurer):
    waits = {wait.title: wait.count for wait in home.office(treasurer, ON)["waits"]}
    assert waits["Simpanan wajib belum lunas"] == 1
    assert waits["Bulan yang perlu ditutup"] == 2 * 26  # both units, January 2024 to February 2026


def test_payment_waits_for_those_who_may_confirm_and_not_for_who_asked(books, treasurer, chair):
    builders.capital()
    spending_rules(by=chair)
    a_voucher(treasurer, amount=2_000_000)
    waits = {
        user.role: next(
            wait.count for wait in home.office(user, ON)["waits"] if wait.title == "Pembayaran untuk disetujui"
        )
        for user in (treasurer, chair)
    }
    assert waits == {"treasurer": 0, "chair": 1}
    assert "Pembayaran untuk disetujui" not in {
        wait.title for wait in home.office(builders.a_user(Role.SUPERVISOR), ON)["waits"]
    }


def test_a_request_for_help_waits_for_an_answer_and_then_for_the_visit(parti, treasurer, chair):
    asked = activities.ask_for_help(member=parti, occasion="illness", reason="Opname", on=ON, by=parti.user)

    def waits(user):
        return {wait.title: wait.count for wait in home.office(user, ON)["waits"]}

    assert waits(chair)["Permintaan bantuan yang harus dijawab"] == 1
    activities.approve_help(asked, granted=0, on=ON, by=chair)
    assert waits(chair)["Permintaan bantuan yang harus dijawab"] == 0
    facts = {"help_request": asked, "reason": "Sakit", "visitors": "Bu Ketua", "on": ON, "by": treasurer}
    for recorded in (1, 2):
        assert waits(treasurer)["Kunjungan yang harus dilakukan dan dicatat"] == 1, "again after a reversal"
        visit = activities.record_visit(**facts)
        assert waits(treasurer)["Kunjungan yang harus dilakukan dan dicatat"] == 0
        if recorded == 1:
            activities.reverse_visit(visit, on=ON, reason="Salah hari", by=chair)


def test_treasurer_is_told_of_vouchers_movements_and_counts_that_are_due(books, treasurer):
    bank = a_bank(treasurer, on=datetime.date(2026, 1, 2))
    content = bca((1, "DINAS", "5.00 CR"), (2, "PLN", "5.00 DB"))
    treasury.import_statement(bank, content=content, on=ON, by=treasurer)
    treasury.count_cash(unit="umum", pieces={}, witness="Bu Parti", on=datetime.date(2026, 2, 12), by=treasurer)
    treasury.save_template(
        by=treasurer, name="Listrik", unit="umum", category=category(), payee="PLN", purpose="Listrik",
        amount=150_000, channel="cash", day_of_month=5,
    )  # fmt: skip
    waits = {wait.title: wait.count for wait in home.office(treasurer, ON)["waits"]}
    assert waits["Bukti kas bulan ini yang perlu dibukukan"] == 1
    assert waits["Mutasi bank yang perlu dicocokkan"] == 2
    assert waits["Kas yang perlu dihitung"] == 1


def test_what_is_done_sinks_to_the_end(parti, treasurer):
    counts = [wait.count > 0 for wait in home.office(treasurer, ON)["waits"]]
    assert counts == sorted(counts, reverse=True)


def test_figures_add_up_and_their_course_ends_today(parti, treasurer):
    cash, saved, lent = home.figures(ON)
    assert (cash.value, saved.value, lent.value) == ("Rp\u00a0170.000", "Rp\u00a0170.000", "Rp\u00a00")
    assert cash.trend == [0] * 9 + [170_000] * 3
    assert lent.trend == []


@pytest.mark.parametrize(
    ("on", "meeting"),
    [
        (datetime.date(2026, 3, 12), datetime.date(2026, 3, 12)),
        (datetime.date(2026, 3, 13), datetime.date(2026, 4, 12)),
        (datetime.date(2026, 12, 31), datetime.date(2027, 1, 12)),
    ],
)
def test_the_meeting_is_on_the_twelfth(on, meeting):
    assert dates.next_meeting(on) == meeting


def queries(client, user):
    client.force_login(user)
    with CaptureQueriesContext(connection) as captured:
        client.get("/")
    return len(captured)


def test_home_costs_the_same_with_one_member_and_with_three(client, parti, treasurer):
    before = [queries(client, user) for user in (parti.user, treasurer)]
    for name in ("Darmo", "Wati"):
        builders.a_member_in(name, on=datetime.date(2026, 2, 12), by=treasurer, voluntary=10_000)
    assert [queries(client, user) for user in (parti.user, treasurer)] == before
