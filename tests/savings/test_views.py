"""Savings in the browser: who may do what, every wrong input, and what is shown afterwards."""

import datetime
import uuid

import pytest
from django.urls import reverse

from core.dates import today
from ledger.models import Entry, Period, Unit
from ledger.services import close_period
from members.services import admit
from savings import queries
from savings.models import Movement
from savings.services import deposit, withdraw
from tests.builders import a_member_in, a_user, an_applicant, savings_rules

JANUARY = datetime.date(2025, 1, 12)
FEBRUARY = datetime.date(2025, 2, 12)


@pytest.fixture
def rules(books, chair, secretary):
    return savings_rules(by=chair, on=JANUARY)


@pytest.fixture
def member(rules, treasurer):
    return a_member_in(by=treasurer, on=JANUARY, username="sri", phone="+6281234567890")


def typed(**values):
    return {
        "token": str(uuid.uuid4()),
        "kind": "voluntary",
        "amount": "25.000",
        "channel": "cash",
        "on": "2025-02-12",
    } | values


def url(name, *args):
    return reverse(f"savings:{name}", args=args)


# -- who may do what -------------------------------------------------------------------------------------------------

MEMBERS_OWN = {"passbook": 200, "passbook-paper": 200, "deposit": 403, "withdraw": 403, "join": 403}
READS_ALL = {"list": 200, "list-export": 200, "obligations": 200, "obligations-export": 200}


@pytest.mark.parametrize(
    ("role", "statuses"),
    [
        ("chair", READS_ALL | MEMBERS_OWN | {"withdraw": 200}),
        ("secretary", READS_ALL | MEMBERS_OWN),
        ("treasurer", READS_ALL | dict.fromkeys(MEMBERS_OWN, 200)),
        ("supervisor", READS_ALL | MEMBERS_OWN),
        ("maintainer", dict.fromkeys(READS_ALL | MEMBERS_OWN, 403)),
        ("member", dict.fromkeys(READS_ALL, 403) | {"list": 404} | dict.fromkeys(MEMBERS_OWN, 403)
         | {"passbook": 404, "passbook-paper": 404}),
    ],
)  # fmt: skip
def test_who_may_open_which_page(client, member, role, statuses):
    client.force_login(a_user(role, username="somebody"))
    found = {name: client.get(url(name)).status_code for name in READS_ALL}
    found |= {name: client.get(url(name, member.pk)).status_code for name in MEMBERS_OWN}
    assert found == statuses


def test_a_member_is_led_to_the_own_passbook_and_sees_nobody_elses(client, member, treasurer):
    other = a_member_in("Wahyu", by=treasurer, on=JANUARY)
    client.force_login(member.user)
    assert client.get(url("list"))["Location"] == url("passbook", member.pk)
    assert client.get(url("passbook", member.pk)).status_code == 200
    assert client.get(url("passbook", other.pk)).status_code == 404
    assert client.get(url("passbook", 999_999)).status_code == 404
    assert client.post(url("deposit", member.pk), typed()).status_code == 403


# -- deposit ---------------------------------------------------------------------------------------------------------


def test_deposit_says_what_was_received_and_leads_to_the_receipt(client, member, treasurer):
    client.force_login(treasurer)
    response = client.post(url("deposit", member.pk), typed(), follow=True)
    assert response.redirect_chain == [(url("passbook", member.pk), 302)]
    made = Movement.objects.latest("pk")
    assert [str(message) for message in response.context["messages"]] == [
        f"Setoran Rp\u00a025.000 diterima. <a href='{reverse('ledger:receipt', args=[made.receipt_id])}'>"
        "Kuitansi KW-2025-0002 siap dicetak.</a>"
    ]
    assert client.get(reverse("ledger:receipt", args=[made.receipt_id])).status_code == 200


def test_deposit_proposes_what_is_owed(client, member, treasurer):
    client.force_login(treasurer)
    page = client.get(url("deposit", member.pk))
    owed = queries.mandatory_owed(member, as_of=today())
    assert page.context["form"].initial == {"kind": "mandatory", "amount": owed}
    assert page.context["obligation"].owed == owed > 0


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"amount": ""}, "amount"),
        ({"amount": "0"}, "amount"),
        ({"amount": "-5.000"}, "amount"),
        ({"amount": "25.000,50"}, "amount"),
        ({"amount": "dua puluh"}, "amount"),
        ({"amount": "1.000.000.000.000.000"}, "amount"),
        ({"amount": "9" * 400}, "amount"),
        ({"kind": ""}, "kind"),
        ({"kind": "gold"}, "kind"),
        ({"kind": "principal"}, "kind"),
        ({"kind": "mandatory", "amount": "9.000.000"}, "amount"),
        ({"on": ""}, "on"),
        ({"on": "kemarin"}, "on"),
        ({"on": "2999-01-01"}, "on"),
        ({"on": "2025-01-11"}, "on"),
        ({"on": "2019-01-12"}, "on"),
        ({"token": ""}, "token"),
        ({"token": "x"}, "token"),
    ],
)
def test_deposit_refuses_what_cannot_be_and_keeps_what_was_typed(client, member, treasurer, wrong, field):
    client.force_login(treasurer)
    page = client.post(url("deposit", member.pk), typed(**wrong))
    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field]
    assert page.context["form"]["amount"].value() == wrong.get("amount", "25.000")
    assert Entry.objects.count() == 1


def test_deposit_sent_twice_posts_once(client, member, treasurer):
    client.force_login(treasurer)
    once = typed()
    assert client.post(url("deposit", member.pk), once).status_code == 302
    page = client.post(url("deposit", member.pk), once)
    assert len(page.context["form"].non_field_errors()) == 1
    assert Entry.objects.count() == 2


def test_deposit_into_a_month_without_books_is_a_sentence(client, member, treasurer, chair):
    for period in Period.objects.filter(unit=Unit.USP, month__lte=JANUARY).order_by("month"):
        close_period(period, on=FEBRUARY, by=treasurer)
    client.force_login(treasurer)
    page = client.post(url("deposit", member.pk), typed(on="2025-01-20"))
    assert page.status_code == 200
    assert "Januari 2025" in str(page.context["form"].errors)
    assert Movement.objects.count() == 2


# -- withdrawal ------------------------------------------------------------------------------------------------------


def test_withdraw_pays_out_and_refuses_more_than_there_is(client, member, treasurer):
    deposit(member, kind="voluntary", amount=50_000, on=FEBRUARY, by=treasurer)
    client.force_login(treasurer)
    page = client.post(url("withdraw", member.pk), typed(amount="50.001", on="2025-03-12"))
    assert list(page.context["form"].errors) == ["amount"]
    assert page.context["form"]["amount"].value() == "50.001"
    assert client.post(url("withdraw", member.pk), typed(amount="50.000", on="2025-03-12")).status_code == 302
    assert queries.balances(member, as_of=today()).voluntary == 0


# -- the first savings -----------------------------------------------------------------------------------------------


def test_join_shows_what_is_due_and_makes_a_member(client, rules, treasurer, secretary):
    applicant = an_applicant("Wahyu", by=secretary)
    client.force_login(treasurer)
    assert client.post(url("join", applicant.pk), typed()).context["form"].errors
    admit(applicant, on=JANUARY, by=secretary)
    assert client.get(url("join", applicant.pk)).context["page"].amount == 120_000
    stale = client.post(url("join", applicant.pk), typed(on="2025-01-12"))
    assert stale.status_code == 302
    page = client.post(url("join", applicant.pk), typed(on="2025-01-12"))
    assert page.context["form"].non_field_errors() == ["Wahyu sudah menjadi anggota nomor 1."]
    assert Entry.objects.count() == 1


# -- reversal --------------------------------------------------------------------------------------------------------


def test_reverse_is_for_other_eyes_than_those_that_booked(client, member, treasurer, chair, secretary):
    made = deposit(member, kind="voluntary", amount=50_000, on=FEBRUARY, by=treasurer)
    where = reverse("savings:reverse", args=[made.pk])
    client.force_login(secretary)
    assert client.get(where).status_code == 403
    client.force_login(treasurer)
    page = client.post(where, typed(reason="Salah"))
    assert page.context["form"].non_field_errors() == [
        "Yang membukukan tidak membatalkannya sendiri. Mintalah ketua atau pengurus lain."
    ]
    client.force_login(chair)
    assert client.get(where).status_code == 200
    assert client.post(where, typed(reason="Salah", on="2025-02-13")).status_code == 302
    assert queries.balances(member, as_of=today()).voluntary == 0


# -- lists -----------------------------------------------------------------------------------------------------------


def test_list_searches_and_sums(client, member, treasurer):
    a_member_in("Wahyu Kulit", by=treasurer, on=JANUARY, voluntary=30_000)
    client.force_login(treasurer)
    page = client.get(url("list"))
    assert (page.context["totals"].total, page.context["page"].paginator.count) == (270_000, 2)
    for words in ("kulit", "2"):
        page = client.get(url("list"), {"search": words})
        assert [row.name for row in page.context["page"]] == ["Wahyu Kulit"]
        assert page.context["totals"].total == 150_000
    assert client.get(url("list"), {"ordering": "-saved"}).context["page"][0].name == "Wahyu Kulit"
    assert client.get(url("list"), {"search": "x", "ordering": "nonsense", "page": "99"}).status_code == 200


def test_unpaid_list_reminds_by_whatsapp(client, member, treasurer):
    client.force_login(treasurer)
    page = client.get(url("obligations"))
    [(row, months, reminder)] = page.context["page"].object_list
    assert row.owed == page.context["total"] == queries.mandatory_owed(member, as_of=today())
    assert reminder.startswith("https://wa.me/6281234567890?text=Salam%20Sri%20Lestari")
    assert months.startswith("Februari 2025 sampai ")


def test_passbook_filters_by_kind_and_day_and_keeps_the_balance(client, member, treasurer):
    deposit(member, kind="voluntary", amount=50_000, on=FEBRUARY, by=treasurer)
    withdraw(member, kind="voluntary", amount=20_000, on=datetime.date(2025, 3, 12), by=treasurer)
    client.force_login(treasurer)
    page = client.get(url("passbook", member.pk), {"kind": "voluntary", "first": "2025-03-01"})
    assert [(row.direction, row.balance) for row in page.context["page"]] == [("withdrawal", 30_000)]
    assert client.get(url("passbook", member.pk), {"kind": "x", "first": "y"}).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_however_long(client, rules, treasurer, django_assert_num_queries, count):
    for index in range(count):
        member = a_member_in(f"Anggota {index}", by=treasurer, on=JANUARY, voluntary=10_000)
    for _index in range(count):
        deposit(member, kind="voluntary", amount=1_000, on=FEBRUARY, by=treasurer)
    client.force_login(treasurer)
    for address, cost in [
        (url("list"), 7),
        (url("obligations"), 4),
        (url("passbook", member.pk), 11),
        (url("list-export"), 3),
    ]:
        with django_assert_num_queries(cost):
            client.get(address)
