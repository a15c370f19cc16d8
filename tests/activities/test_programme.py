"""Programmes from the plan to what came of them, what they cost."""

import datetime
import re
import threading

import pytest
from django.db import DataError, IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse

from activities import services
from activities.errors import ActivityRefused
from activities.models import Programme
from core.models import Notice
from core.permissions import Role
from ledger import chart
from ledger.models import Unit
from ledger.queries import account_balance
from members.models import Skill
from tests.activities.builders import DAY, PLANNED, a_programme, fill
from tests.books import assert_clean
from tests.builders import a_business, a_user, capital
from tests.treasury.builders import spending_rules
from treasury.services import confirm_payment

pytestmark = pytest.mark.usefixtures("capital")


def fill_the_fund(treasurer, amount=300_000):
    fill(chart.EDUCATION_FUND, amount, on=PLANNED, by=treasurer)


def test_a_training_gives_those_who_came_the_skill(people, secretary):
    sri, tono = people
    business = a_business(sri, by=secretary)
    lasting = Skill.objects.create(name="mengopen pantofel")
    programme = a_programme(secretary, skill=lasting)
    assert Notice.objects.filter(to=sri.user, text__contains="Mengopen sepatu pantofel").exists()
    services.join_programme(programme, sri, on=PLANNED, by=sri.user)
    services.join_programme(programme, tono, on=PLANNED, by=tono.user)
    held = services.hold_programme(programme, came=[sri], result="Delapan pasang jadi", on=DAY, by=secretary)
    assert {row.member: row.came for row in held.participants.all()} == {sri: True, tono: False}
    assert lasting in business.skills.all()


def test_who_comes_unannounced_is_written_down(people, secretary):
    _sri, tono = people
    held = services.hold_programme(a_programme(secretary), came=[tono], result="Ramai", on=DAY, by=secretary)
    assert held.participants.get().member == tono


def test_expenses_come_from_running_money_or_the_fund_never_more_than_it_holds(people, treasurer, secretary):
    fill_the_fund(treasurer)
    programme = a_programme(secretary)
    facts = {"what": "Konsumsi", "to": "Warung Bu Yem", "on": DAY, "by": treasurer}
    services.pay_expense(programme, amount=200_000, source="education", **facts)
    with pytest.raises(ActivityRefused, match=r"Dana pendidikan: tersisa Rp\s100.000"):
        services.pay_expense(programme, amount=100_001, source="education", **facts)
    paid = services.pay_expense(programme, amount=150_000, source="running", **facts)
    assert (paid.receipt.amount, paid.receipt.party) == (150_000, "Warung Bu Yem")
    assert account_balance(Unit.USP, chart.EDUCATION_FUND, as_of=DAY) == 100_000
    assert account_balance(Unit.UMUM, chart.TRAINING, as_of=DAY) == 150_000
    for member in people:
        services.join_programme(programme, member, on=PLANNED, by=member.user)
    row = Programme.objects.counted().get()
    assert (row.joined, row.came, row.spent) == (2, 0, 350_000), "guests do not multiply what was spent"
    assert_clean(DAY)


def test_an_expense_waits_above_the_limit_and_is_reversed_by_somebody_else(people, treasurer, secretary, chair):
    spending_rules(by=chair, on=PLANNED)
    capital(2_000_000, code=chart.BANK)
    programme = a_programme(secretary)
    facts = {"what": "Sewa mesin", "to": "Toko Maju", "source": "running", "channel": "bank", "on": DAY}
    asked = services.pay_expense(programme, amount=1_200_000, by=treasurer, **facts)
    assert (asked.payee, asked.purpose) == ("Toko Maju", "Mengopen sepatu pantofel: Sewa mesin")
    _request, paid = confirm_payment(asked, on=DAY, by=chair)
    assert (paid.programme, paid.what, paid.channel, paid.by) == (programme, "Sewa mesin", "bank", treasurer)
    assert account_balance(Unit.UMUM, chart.BANK, as_of=DAY) == 800_000
    assert Programme.objects.counted().get().spent == 1_200_000
    with pytest.raises(ActivityRefused, match="Anda sendiri"):
        services.reverse_expense(paid, on=DAY, reason="Salah toko", by=treasurer)
    services.reverse_expense(paid, on=DAY, reason="Salah toko", by=chair)
    assert account_balance(Unit.UMUM, chart.BANK, as_of=DAY) == 2_000_000
    assert Programme.objects.counted().get().spent == 0
    assert_clean(DAY)


def test_a_programme_cancelled_while_the_payment_waited_is_not_paid(people, treasurer, secretary, chair):
    spending_rules(by=chair, on=PLANNED)
    programme = a_programme(secretary)
    facts = {"what": "Sewa", "to": "Toko", "source": "running", "on": PLANNED}
    asked = services.pay_expense(programme, amount=1_200_000, by=treasurer, **facts)
    services.cancel_programme(programme, reason="Pemandu sakit", on=PLANNED, by=secretary)
    with pytest.raises(ActivityRefused, match="dibatalkan"), transaction.atomic():
        confirm_payment(asked, on=DAY, by=chair)
    asked.refresh_from_db()
    assert asked.answer == ""


@pytest.mark.django_db(transaction=True)
def test_two_who_spend_the_fund_at_once_cannot_overspend_it(people, treasurer, secretary):
    fill_the_fund(treasurer)
    programmes = [a_programme(secretary), a_programme(secretary, title="Pameran")]
    outcomes, start = [], threading.Barrier(2)

    def spend(programme):
        try:
            start.wait()
            services.pay_expense(
                programme, what="Alat", to="Toko", amount=200_000, source="education", on=DAY, by=treasurer
            )
            outcomes.append("paid")
        except ActivityRefused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=spend, args=[programme]) for programme in programmes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["paid", "refused"]
    assert account_balance(Unit.USP, chart.EDUCATION_FUND, as_of=DAY) == 100_000


@pytest.mark.django_db(transaction=True)
def test_the_last_place_goes_to_one(people, secretary):
    programme = a_programme(secretary, places=1)
    outcomes, start = [], threading.Barrier(2)

    def sign_up(member):
        try:
            start.wait()
            services.join_programme(programme, member, on=PLANNED, by=member.user)
            outcomes.append("in")
        except ActivityRefused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=sign_up, args=[member]) for member in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["in", "refused"]


def test_what_is_refused(people, secretary):
    sri, tono = people
    with pytest.raises(ActivityRefused, match="hari ini atau sesudahnya"):
        a_programme(secretary, planned_on=datetime.date(2026, 2, 1))
    programme = a_programme(secretary)
    services.join_programme(programme, sri, on=PLANNED, by=sri.user)
    for says, deed in (
        ("sudah terdaftar", lambda: services.join_programme(programme, sri, on=PLANNED, by=sri.user)),
        ("diri sendiri", lambda: services.join_programme(programme, tono, on=PLANNED, by=sri.user)),
        ("belum terdaftar", lambda: services.step_back(programme, tono, on=PLANNED, by=tono.user)),
        ("untuk hari lain", lambda: services.hold_programme(programme, came=[], result="x", on=PLANNED, by=secretary)),
        ("Tuliskan hasilnya", lambda: services.hold_programme(programme, came=[], result=" ", on=DAY, by=secretary)),
        ("Tuliskan alasannya", lambda: services.cancel_programme(programme, reason="", on=DAY, by=secretary)),
    ):
        with pytest.raises(ActivityRefused, match=says):
            deed()
    services.cancel_programme(programme, reason="Pemandu sakit", on=PLANNED, by=secretary)
    assert Notice.objects.filter(to=sri.user, text__contains="Pemandu sakit").exists()
    with pytest.raises(ActivityRefused, match="dibatalkan"):
        services.join_programme(programme, tono, on=PLANNED, by=tono.user)


# -- around the services ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE activities_programme SET held_on = '2026-03-21'",
        "UPDATE activities_programme SET cancelled_on = '2026-03-21'",
        "UPDATE activities_programme SET places = 0",
        "DELETE FROM activities_programme",
        "UPDATE activities_programmeexpense SET amount = 1",
        "UPDATE activities_aid SET worth = 1",
        "UPDATE activities_aid SET returned_on = '2026-03-21'",
        "DELETE FROM activities_aid",
        "INSERT INTO activities_participant (programme_id, member_id, joined_on) "
        "SELECT programme_id, member_id, joined_on FROM activities_participant",
    ],
)
def test_the_database_refuses(people, secretary, treasurer, statement):
    programme = a_programme(secretary)
    services.join_programme(programme, people[0], on=PLANNED, by=secretary)
    services.pay_expense(programme, what="Alat", to="Toko", amount=5_000, source="running", on=PLANNED, by=treasurer)
    services.give_aid(people[0], kind="tools", what="Palu", worth=1_000, is_money=False, on=PLANNED, by=treasurer)
    refusals = (IntegrityError, ProgrammingError, DataError)
    with pytest.raises(refusals), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


# -- in the browser --------------------------------------------------------------------------------------------------


def send(client, url, **data):
    """Fill in the form that the page shows and send it."""
    token = re.search(r'name="token" value="([^"]+)"', client.get(url).content.decode()).group(1)
    return client.post(url, {"token": token, **data}, follow=True)


def test_a_member_signs_up_with_one_tap_and_steps_back(client, people, secretary):
    sri, _tono = people
    programme = a_programme(secretary)
    client.force_login(sri.user)
    page = reverse("activities:programme", args=[programme.pk])
    token = re.search(r'name="token" value="([^"]+)"', client.get(page).content.decode()).group(1)
    said = client.post(reverse("activities:join-programme", args=[programme.pk]), {"token": token}, follow=True)
    assert "Anda terdaftar." in said.content.decode()
    again = client.post(reverse("activities:join-programme", args=[programme.pk]), {"token": token}, follow=True)
    assert "Formulir ini sudah terki" in again.content.decode()
    token = re.search(r'name="token" value="([^"]+)"', again.content.decode()).group(1)
    said = client.post(reverse("activities:step-back", args=[programme.pk]), {"token": token}, follow=True)
    assert "Anda tidak lagi terdaftar." in said.content.decode()
    assert client.get(reverse("activities:pay-expense", args=[programme.pk])).status_code == 403
    assert client.get(reverse("activities:hold-programme", args=[programme.pk])).status_code == 403


def test_the_list_costs_the_same_however_long_it_is(client, people, secretary, django_assert_num_queries):
    client.force_login(a_user(Role.SUPERVISOR))
    a_programme(secretary)
    client.get(reverse("activities:programmes"))
    for programmes in (1, 9):
        for number in range(Programme.objects.count(), programmes):
            a_programme(secretary, title=f"Program {number}")
        with django_assert_num_queries(6):
            client.get(reverse("activities:programmes"))


def test_the_workbook_has_every_programme(client, people, secretary):
    a_programme(secretary)
    client.force_login(a_user(Role.SUPERVISOR))
    assert client.get(reverse("activities:programmes-export")).status_code == 200
    assert Programme.objects.count() == 1
