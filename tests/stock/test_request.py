"""“I need material”: the holders are asked, say yes or no, and a lending starts from the yes."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.dates import today
from core.errors import Refused
from stock import queries, services
from stock.models import StockAnswer, StockLoan, StockRequest
from tests.stock.builders import MONDAY, a_crafter, bought, day
from tests.stock.test_views import post

pytestmark = pytest.mark.usefixtures("rules")


def ask(member, item, quantity=40, *, until=10, on=MONDAY):
    return services.ask_neighbours(
        member, item=item, quantity=Decimal(quantity), until_on=day(until), on=on, by=member.user
    )


@pytest.fixture
def asked(budi, siti, tono, leather):
    """Siti has 60 SF and Tono 30; Budi needs 40 in ten days."""
    bought(siti, leather, 60)
    bought(tono, leather, 30)
    return ask(budi, leather)


def yes(asked, holder, quantity, *, on=MONDAY, **facts):
    facts = {"handed_on": on, "on": on, "by": holder.user} | facts
    return services.answer_yes(asked, holder, quantity=Decimal(quantity), **facts)


def test_holders_are_told_and_a_yes_is_a_loan_that_the_borrower_confirms(asked, budi, siti, tono, leather):
    for holder in (siti, tono):
        assert holder.user.notices.filter(text__contains="40 kaki persegi").count() == 1
        assert [one.pk for one in queries.asked_of(holder, as_of=MONDAY)] == [asked.pk]
    loan = yes(asked, tono, 25)
    assert (loan.lender, loan.borrower, loan.is_waiting) == (tono, budi, True)
    [open_] = queries.own_requests(budi, as_of=MONDAY)
    assert open_.open == 15
    services.answer_no(asked, siti, on=MONDAY, by=siti.user)
    assert siti.name in budi.user.notices.latest("pk").text
    for holder in (siti, tono):
        assert not queries.asked_of(holder, as_of=MONDAY)
    services.confirm(loan, on=day(1), by=budi.user)
    assert queries.held(budi, leather, as_of=day(1)) == 25


def test_what_is_promised_whole_is_asked_no_more_and_what_did_not_come_is_open_again(asked, budi, siti):
    loan = yes(asked, siti, 40)
    assert not queries.own_requests(budi, as_of=MONDAY)
    services.decline(loan, reason="tidak jadi", on=MONDAY, by=budi.user)
    assert queries.own_requests(budi, as_of=MONDAY).get().open == 40


def test_a_request_whose_day_has_passed_or_that_was_taken_back_is_over(asked, budi, siti, tono):
    assert not queries.asked_of(siti, as_of=day(11))
    with pytest.raises(Refused, match="Tidak ada yang dicatat"):
        yes(asked, siti, 10, on=day(11))
    services.end_request(asked, on=day(1), by=budi.user)
    for call in (lambda: yes(asked, siti, 10, on=day(1)), lambda: services.end_request(asked, on=day(1), by=budi.user)):
        with pytest.raises(Refused, match="Tidak ada yang dicatat"):
            call()
    assert not StockLoan.objects.exists()


def test_what_is_refused(asked, budi, siti, tono, leather, supervisor):
    with pytest.raises(Refused):  # more than asked for
        yes(asked, siti, 41)
    with pytest.raises(Refused):  # more than the holder has
        yes(asked, tono, 31)
    with pytest.raises(Refused):  # in another's name
        yes(asked, siti, 5, by=tono.user)
    with pytest.raises(Refused):  # one's own
        yes(asked, budi, 5)
    with pytest.raises(Refused):  # the same twice
        ask(budi, leather)
    with pytest.raises(Refused) as refusal:
        ask(tono, leather, until=-1)
    assert refusal.value.field == "until_on"
    yes(asked, siti, 10)
    for answer in (lambda: yes(asked, siti, 10), lambda: services.answer_no(asked, siti, on=MONDAY, by=siti.user)):
        with pytest.raises(Refused, match="Tidak ada yang dicatat"):
            answer()


def test_the_database_refuses_two_answers_nothing_asked_and_days_out_of_order(asked, budi, siti, leather):
    services.answer_no(asked, siti, on=MONDAY, by=siti.user)
    with pytest.raises(IntegrityError, match="once"), transaction.atomic():
        StockAnswer.objects.create(request=asked, holder=siti, answered_on=MONDAY, answered_by=siti.user)
    facts = {"member": budi, "item": leather, "asked_on": MONDAY, "asked_by": budi.user}
    for more, name in (
        ({"quantity": 0, "until_on": day(1)}, "quantity_positive"),
        ({"quantity": 1, "until_on": day(-1)}, "days_in_order"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            StockRequest.objects.create(**facts, **more)


def test_asked_answered_and_taken_back_with_the_buttons(client, budi, siti, tono, leather, sandal):
    bought(siti, leather, 60, on=today())
    bought(tono, leather, 60, on=today())
    client.force_login(budi.user)
    assert reverse("stock:ask", args=[leather.pk]) in client.get(reverse("stock:need", args=["material"])).text
    assert reverse("stock:ask", args=[sandal.pk]) in client.get(reverse("stock:need", args=["product"])).text
    assert client.get(reverse("stock:need", args=["service"])).status_code == 404
    assert siti.name in client.get(reverse("stock:ask", args=[leather.pk])).text
    data = {"quantity": "40", "unit": leather.base_unit_id, "until_on": today()}
    assert post(client, "ask", data, leather.pk).status_code == 302
    asked = StockRequest.objects.get()
    client.force_login(siti.user)
    assert reverse("stock:request", args=[asked.pk]) in client.get(reverse("stock:loans")).text
    assert reverse("stock:answer-yes", args=[asked.pk]) in client.get(reverse("stock:request", args=[asked.pk])).text
    data = {"quantity": "15", "unit": leather.base_unit_id, "handed_on": today()}
    assert post(client, "answer-yes", data, asked.pk).status_code == 302
    assert StockLoan.objects.get().quantity == 15
    client.force_login(tono.user)
    assert client.get(reverse("stock:end-request", args=[asked.pk])).status_code == 404
    assert post(client, "answer-no", {}, asked.pk).status_code == 302
    client.force_login(budi.user)
    assert "belum bisa" in client.get(reverse("stock:request", args=[asked.pk])).text
    assert post(client, "end-request", {}, asked.pk).status_code == 302


def test_who_may_read_and_who_may_answer(client, asked, supervisor, secretary):
    for officer, answers in ((supervisor, 403), (secretary, 200)):
        client.force_login(officer)
        assert client.get(reverse("stock:request", args=[asked.pk])).status_code == 200
        for name, key in (("answer-yes", asked.pk), ("answer-no", asked.pk), ("ask", asked.item_id)):
            assert client.get(reverse(f"stock:{name}", args=[key])).status_code == answers


def test_the_page_of_a_request_takes_as_many_queries_for_ten_as_for_two(
    client, asked, budi, siti, tono, leather, secretary
):
    def count():
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("stock:request", args=[asked.pk]))
        return len(captured)

    for holder in (siti, tono):
        yes(asked, holder, 1)
    client.force_login(budi.user)
    before = count()
    for number in range(8):
        holder = a_crafter(f"Pengrajin{number}", by=secretary)
        bought(holder, leather, 5)
        yes(asked, holder, 1)
    assert count() == before
