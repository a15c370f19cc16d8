"""The handover sheet: terms that both agree on, rework, material, money ahead, and pay that goes elsewhere."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.errors import Refused
from ledger import chart
from ledger import queries as ledger
from ledger.models import Receipt, Unit
from members.services import leave
from orders import queries, services
from orders.models import Advance, Claim, Delivery, MaterialGiven, TermsChange
from orders.queries import Journey
from stock import queries as stock_queries
from stock import services as stock
from tests import books as check_books
from tests.orders.builders import MONDAY, a_claim, a_confirmed_delivery, an_offer, an_order, day
from tests.pricing.builders import an_item
from tests.roles import update_refused

pytestmark = pytest.mark.usefixtures("books")

TERMS = {"rejects": "rework", "late_penalty": 5_000, "reject_penalty": 1_000, "advance_bp": 3_000}


@pytest.fixture
def claim(budi, siti, sandal):
    """Siti makes 20 at 9,000 until day 21; rejects are mended, 5,000 a day late, 1,000 each reject, 30 % ahead."""
    return a_claim(an_offer(an_order(budi, sandal), **TERMS), siti, quantity=20)


@pytest.fixture
def leather(secretary):
    return an_item("KLT", name="Kulit sapi", kind="material", base="sqft", by=secretary)


def fresh(claim) -> Claim:
    return queries.handovers(Claim.objects.all(), gone=True).get(pk=claim.pk)


def refuses(call, *args, field=None, **facts):
    with pytest.raises(Refused) as refusal, transaction.atomic():
        call(*args, **facts)
    if field:
        assert refusal.value.field == field
    return str(refusal.value)


# -- terms -----------------------------------------------------------------------------------------------------------


def test_whoever_takes_part_agrees_to_the_terms_of_the_offer(claim):
    assert claim.terms == claim.offer.terms == {"maker_price": 9_000, "quality": "", **TERMS}


def test_terms_that_make_no_sense_are_refused(budi, sandal):
    for facts, field in (({"reject_penalty": 9_001}, "reject_penalty"), ({"advance_bp": 10_001}, "advance_bp")):
        refuses(an_offer, an_order(budi, sandal), field=field, **facts)


def test_other_terms_count_when_the_other_side_agrees(claim, siti, budi, tono):
    change = services.propose_terms(claim, maker_price=10_000, reason="kulit lebih tebal", on=day(1), by=siti.user)
    assert fresh(claim).maker_price == 9_000
    assert Journey(fresh(claim)).next_action(budi.user).url == reverse("orders:answer-terms", args=[change.pk])
    refuses(services.propose_terms, claim, maker_price=11_000, reason="lagi", on=day(1), by=budi.user)
    for wrong in (siti.user, tono.user):
        refuses(services.agree_terms, change, on=day(1), by=wrong)
    services.agree_terms(change, on=day(2), by=budi.user)
    assert fresh(claim).maker_price == 10_000
    refuses(services.drop_terms, change, on=day(2), by=budi.user)
    delivery = a_confirmed_delivery(claim, on=day(7))
    assert queries.parts(delivery, fresh(claim)).work == 200_000


def test_a_dropped_proposal_leaves_what_was_agreed(claim, siti, budi):
    change = services.propose_terms(claim, late_penalty=0, reason="hujan", on=day(1), by=budi.user)
    services.drop_terms(change, on=day(1), by=siti.user)
    refuses(services.agree_terms, change, on=day(2), by=siti.user)
    assert fresh(claim).late_penalty == 5_000


def test_terms_stay_once_work_was_sent_and_never_beat_the_buyers_price(claim, siti):
    refuses(services.propose_terms, claim, maker_price=12_001, reason="x", on=day(1), by=siti.user, field="maker_price")
    refuses(services.propose_terms, claim, maker_price=9_000, reason="sama", on=day(1), by=siti.user)
    services.deliver(claim, delivered=Decimal(5), on=day(2), by=siti.user)
    refuses(services.propose_terms, claim, maker_price=10_000, reason="x", on=day(2), by=siti.user)


def test_the_database_wants_two_sides_and_one_open_proposal(claim, siti):
    change = services.propose_terms(claim, maker_price=10_000, reason="x", on=day(1), by=siti.user)
    rows = TermsChange.objects.filter(pk=change.pk)
    for values, name in (
        ({"agreed_on": day(1), "agreed_by": siti.user}, "two_sides"),
        ({"agreed_on": day(1)}, "answered_whole"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            rows.update(**values)
    change.pk = None
    with pytest.raises(IntegrityError, match="one_open"), transaction.atomic():
        change.save(force_insert=True)


# -- several deliveries, rework, what did not arrive -----------------------------------------------------------------


def test_rejects_go_back_to_be_mended_and_come_again(claim, siti, budi):
    first = services.deliver(claim, delivered=Decimal(20), on=day(7), by=siti.user)
    services.confirm(first, accepted=Decimal(15), rejection_reason="lem lepas", on=day(8), by=budi.user)
    found = fresh(claim)
    assert (found.accepted, found.rejected, found.reworked, found.to_send) == (15, 0, 5, 5)
    assert queries.left(claim.offer) == 40  # nothing of hers is back on the board
    assert [job.quantity for job in queries.jobs(siti, as_of=day(8))] == [5]
    refuses(services.cancel, claim.offer.line.order, reason="batal", on=day(8), by=budi.user)
    again = services.deliver(claim, delivered=Decimal(5), on=day(10), by=siti.user)
    services.confirm(again, accepted=Decimal(5), on=day(10), by=budi.user)
    assert fresh(claim).to_send == 0
    assert queries.jobs(siti, as_of=day(10)) == []


def test_rejects_reopen_where_that_was_agreed(budi, siti, sandal):
    claim = a_claim(an_offer(an_order(budi, sandal), closes=12), siti, quantity=20)
    a_confirmed_delivery(claim, accepted=15)
    assert (fresh(claim).rejected, fresh(claim).to_send, queries.left(claim.offer)) == (5, 0, 45)


def test_what_did_not_arrive_is_still_to_be_sent(claim, siti, budi):
    sent = services.deliver(claim, delivered=Decimal(20), on=day(7), by=siti.user)
    facts = {"on": day(8), "by": budi.user}
    refuses(services.confirm, sent, received=Decimal(21), accepted=Decimal(18), field="received", **facts)
    refuses(services.confirm, sent, received=Decimal(18), accepted=Decimal(19), field="accepted", **facts)
    refuses(services.confirm, sent, received=Decimal(18), accepted=Decimal(18), field="rejection_reason", **facts)
    done = services.confirm(
        sent, received=Decimal(18), accepted=Decimal(17), rejection_reason="dua hilang, satu cacat", **facts
    )
    assert (done.received, done.missing, done.reworked, done.kept) == (18, 2, 1, 17)
    assert fresh(claim).to_send == 3


# -- penalties, advances, material -----------------------------------------------------------------------------------


def test_the_pay_less_penalties_advance_and_material(claim, siti, budi, leather, treasurer):
    """docs/rules.md: 18 good of 20, two days late: 162,000 less 10,000, 2,000, 50,000, 72,000 of 80,000 (18/20)."""
    given = services.give_material(
        claim, item=leather, quantity=Decimal(10), value=100_000, is_owed=True, on=day(1), by=budi.user
    )
    services.confirm_material(given, on=day(1), by=siti.user)
    services.return_material(given, quantity=Decimal(2), on=day(20), by=budi.user)
    ahead = services.pay_ahead(claim, amount=50_000, method="direct", on=day(1), by=budi.user)
    services.confirm_advance(ahead, on=day(2), by=siti.user)
    delivery = a_confirmed_delivery(claim, accepted=18, on=day(23))
    assert queries.owed(fresh(claim)).open == {
        "late": 10_000,
        "reject": 2_000,
        "advance": 50_000,
        "material": 72_000,
    }
    paid = services.settle(delivery, method="cash", on=day(24), by=treasurer)
    assert (paid.work, paid.taken_off, paid.amount) == (162_000, 134_000, 28_000)
    assert ledger.member_balance(siti, Unit.UMUM, chart.MAKERS_PAYABLE, as_of=day(60)) == 28_000
    assert not any(queries.owed(fresh(claim)).open.values())
    check_books.assert_clean(day(60))


def test_nothing_is_paid_below_zero_and_the_rest_is_carried_then_paid_back(claim, siti, budi, leather, treasurer):
    """Leather for 240,000: 5 of 20 accepted owe 60,000, 45,000 are netted; 15 bring 135,000; 60,000 are paid back."""
    given = services.give_material(
        claim, item=leather, quantity=Decimal(10), value=240_000, is_owed=True, on=day(1), by=budi.user
    )
    services.confirm_material(given, on=day(1), by=siti.user)
    first = a_confirmed_delivery(claim, delivered=5, on=day(5))
    paid = services.settle(first, method="cash", on=day(6), by=treasurer)
    assert (paid.method, paid.amount, paid.material, paid.entry, paid.paid_on) == ("nothing", 0, 45_000, None, day(6))
    second = a_confirmed_delivery(claim, delivered=15, on=day(7))
    rest = services.settle(second, method="cash", on=day(8), by=treasurer)
    assert (rest.material, rest.amount) == (135_000, 0)
    assert queries.owed(fresh(claim)).remainder == 60_000


def test_material_is_taken_off_piece_by_piece(claim, siti, budi, leather, treasurer):
    """Leather for 100,000; 5 of 20 accepted owe 25,000 of it: 45,000 − 25,000. The other 15: 135,000 − 75,000."""
    given = services.give_material(
        claim, item=leather, quantity=Decimal(10), value=100_000, is_owed=True, on=day(1), by=budi.user
    )
    services.confirm_material(given, on=day(1), by=siti.user)
    first = a_confirmed_delivery(claim, delivered=5, on=day(5))
    paid = services.settle(first, method="direct", on=day(6), by=budi.user)
    assert (paid.material, paid.amount) == (25_000, 20_000)
    second = a_confirmed_delivery(claim, delivered=15, on=day(7))
    rest = services.settle(second, method="cash", on=day(8), by=treasurer)
    assert (rest.material, rest.amount) == (75_000, 60_000)

    services.reverse_settlement(paid, reason="salah", on=day(9), by=budi.user)
    again = services.settle(first, method="direct", on=day(9), by=budi.user)
    assert (again.material, again.amount) == (25_000, 20_000)
    assert not Receipt.objects.exclude(amount=60_000).exists()
    check_books.assert_clean(day(60))


def test_what_no_work_covers_any_more_is_paid_back(claim, siti, budi, treasurer):
    ahead = services.pay_ahead(claim, amount=54_000, method="cash", on=day(1), by=treasurer)
    assert ahead.confirmed_on == day(1)
    assert list(Receipt.objects.order_by("pk").values_list("party", "direction", "amount")) == [
        ("Budi Hartono", "in", 54_000),
        ("Siti Rahayu", "out", 54_000),
    ]
    assert ledger.member_balance(siti, Unit.UMUM, chart.MAKERS_PAYABLE, as_of=day(9)) == 0
    refuses(services.pay_back, claim, amount=1, method="direct", on=day(2), by=siti.user)
    services.withdraw_claim(claim, on=day(3), by=siti.user)
    assert queries.owed(fresh(claim)).remainder == 54_000
    journey = Journey(fresh(claim))
    assert not journey.is_over
    assert journey.next_action(siti.user).url == reverse("orders:pay-back", args=[claim.pk])
    refuses(services.pay_back, claim, amount=54_001, method="direct", on=day(4), by=siti.user, field="amount")
    back = services.pay_back(claim, amount=54_000, method="direct", on=day(4), by=siti.user)
    services.confirm_advance(back, on=day(4), by=budi.user)
    assert queries.owed(fresh(claim)).remainder == 0
    assert Journey(fresh(claim)).is_over
    check_books.assert_clean(day(60))


def test_paid_ahead_no_more_than_agreed_and_by_the_right_hands(claim, siti, budi, tono, treasurer):
    refuses(services.pay_ahead, claim, amount=54_001, method="direct", on=day(1), by=budi.user, field="amount")
    refuses(services.pay_ahead, claim, amount=0, method="direct", on=day(1), by=budi.user, field="amount")
    for wrong in (siti.user, tono.user):
        refuses(services.pay_ahead, claim, amount=5_000, method="direct", on=day(1), by=wrong)
    refuses(services.pay_ahead, claim, amount=5_000, method="cash", on=day(1), by=budi.user)
    ahead = services.pay_ahead(claim, amount=5_000, method="direct", on=day(1), by=budi.user)
    refuses(services.confirm_advance, ahead, on=day(1), by=budi.user)
    assert queries.may_be_paid_ahead(fresh(claim)) == 49_000
    assert queries.owed(fresh(claim)).open["advance"] == 0  # not before she says so
    services.confirm_advance(ahead, on=day(1), by=siti.user)
    refuses(services.confirm_advance, ahead, on=day(1), by=siti.user)


def test_an_advance_is_reversed_unless_a_settlement_has_counted_on_it(claim, siti, budi, treasurer, chair):
    ahead = services.pay_ahead(claim, amount=54_000, method="cash", on=day(1), by=treasurer)
    refuses(services.reverse_advance, ahead, reason="salah", on=day(2), by=treasurer)
    refuses(services.reverse_advance, ahead, reason=" ", on=day(2), by=chair, field="reason")
    paid = services.settle(a_confirmed_delivery(claim), method="cash", on=day(9), by=treasurer)
    assert paid.amount == 126_000
    refuses(services.reverse_advance, ahead, reason="salah", on=day(9), by=chair)
    services.reverse_settlement(paid, reason="salah", on=day(9), by=chair)
    services.reverse_advance(ahead, reason="salah", on=day(9), by=chair)
    refuses(services.reverse_advance, ahead, reason="lagi", on=day(9), by=chair)
    assert ledger.account_balance(Unit.UMUM, chart.CASH, as_of=day(60)) == 0
    assert services.settle(paid.delivery, method="cash", on=day(9), by=treasurer).amount == 180_000
    check_books.assert_clean(day(60))


def test_material_is_written_by_the_holder_and_confirmed_by_the_maker(claim, siti, budi, tono, leather, sandal):
    facts = {"item": leather, "quantity": Decimal(10), "on": day(1)}
    refuses(services.give_material, claim, by=siti.user, **facts)
    refuses(services.give_material, claim, by=budi.user, field="item", **(facts | {"item": sandal}))
    refuses(services.give_material, claim, by=budi.user, field="quantity", **(facts | {"quantity": Decimal(0)}))
    refuses(services.give_material, claim, by=budi.user, is_owed=True, field="value", **facts)
    given = services.give_material(claim, by=budi.user, **facts)
    for wrong in (budi.user, tono.user):
        refuses(services.confirm_material, given, on=day(1), by=wrong)
    refuses(services.return_material, given, quantity=Decimal(1), on=day(1), by=budi.user)
    services.confirm_material(given, on=day(1), by=siti.user)
    refuses(services.confirm_material, given, on=day(1), by=siti.user)
    refuses(services.return_material, given, quantity=Decimal(11), on=day(2), by=budi.user, field="quantity")
    assert MaterialGiven.objects.get().owed == 0


def test_material_moves_in_the_stock_where_the_holder_keeps_it(claim, siti, budi, leather):
    stock.record(budi, item=leather, kind="bought", quantity=Decimal(15), on=MONDAY, by=budi.user)
    given = services.give_material(claim, item=leather, quantity=Decimal(10), on=day(1), by=budi.user)
    services.confirm_material(given, on=day(1), by=siti.user)
    services.return_material(given, quantity=Decimal(4), on=day(2), by=budi.user)
    held = {member: stock_queries.held(member, leather, as_of=day(3)) for member in (budi, siti)}
    assert held == {budi: 9, siti: 6}
    facts = {"item": leather, "quantity": Decimal(10), "on": day(4), "by": budi.user}
    refuses(services.give_material, claim, field="insist", **facts)  # he holds nine


def test_material_that_was_taken_off_does_not_come_back_unnoticed(claim, siti, budi, leather, treasurer):
    given = services.give_material(
        claim, item=leather, quantity=Decimal(10), value=100_000, is_owed=True, on=day(1), by=budi.user
    )
    services.confirm_material(given, on=day(1), by=siti.user)
    services.settle(a_confirmed_delivery(claim), method="cash", on=day(9), by=treasurer)
    refuses(services.return_material, given, quantity=Decimal(1), on=day(9), by=budi.user)


def test_the_database_keeps_material_and_money_whole(claim, siti, budi, leather):
    services.give_material(claim, item=leather, quantity=Decimal(10), on=day(1), by=budi.user)
    services.pay_ahead(claim, amount=5_000, method="direct", on=day(1), by=budi.user)
    for rows, values, name in (
        (MaterialGiven, {"quantity": 0}, "quantity_positive"),
        (MaterialGiven, {"is_owed": True}, "value"),
        (MaterialGiven, {"confirmed_on": day(1)}, "confirmed_whole"),
        (MaterialGiven, {"confirmed_on": day(1), "confirmed_by": budi.user}, "two_sides"),
        (Advance, {"amount": 0}, "amount_positive"),
        (Advance, {"method": "cash"}, "posted_unless_direct"),
        (Advance, {"confirmed_on": day(1)}, "confirmed_whole"),
        (Advance, {"confirmed_on": day(1), "confirmed_by": budi.user}, "two_sides"),
        (Advance, {"reversed_on": day(1), "reversed_by": budi.user}, "reversed_by_others"),
    ):
        update_refused(rows.objects.all(), f"orders_{rows._meta.model_name}_{name}", **values)


# -- where they do not agree ---------------------------------------------------------------------------------------


def test_either_side_asks_the_board_and_the_case_is_about_the_other(claim, siti, budi, tono, chair):
    refuses(services.dispute, claim, text="upah tidak sesuai", on=day(9), by=tono.user)
    refuses(services.dispute, claim, text="upah tidak sesuai", on=day(9), by=chair)
    refuses(services.dispute, claim, text=" ", on=day(9), by=siti.user, field="text")
    case = services.dispute(claim, text="Budi bilang 5 rusak, padahal baik.", on=day(9), by=siti.user)
    assert (case.member, case.reporter, case.kind) == (budi, siti, "handover")
    assert case.url == reverse("orders:claim", args=[claim.pk])
    refuses(services.dispute, claim, text="balasan", on=day(9), by=budi.user)
    assert queries.disputes(claim, as_of=day(9)).get() == case


# -- the pages -------------------------------------------------------------------------------------------------------


def post(client, name, data, *args):
    url = reverse(f"orders:{name}", args=args)
    form = client.get(url).context["form"]
    return client.post(url, {"token": str(form["token"].value()), **data})


def test_the_whole_sheet_with_the_buttons_of_the_pages(client, claim, budi, siti, leather):
    client.force_login(siti.user)
    facts = {"maker_price": "10.000", "rejects": "rework", "advance_bp": "30", "reason": "kulit tebal"}
    assert post(client, "propose-terms", facts, claim.pk).status_code == 302
    client.force_login(budi.user)
    page = client.get(reverse("orders:claim", args=[claim.pk]))
    assert page.context["action"].url == reverse("orders:answer-terms", args=[TermsChange.objects.get().pk])
    assert post(client, "answer-terms", {"answer": "agree"}, TermsChange.objects.get().pk).status_code == 302
    on = MONDAY.isoformat()
    facts = {"item": leather.pk, "quantity": "10", "value": "50.000", "is_owed": "on", "on": on}
    assert post(client, "give-material", facts, claim.pk).status_code == 302
    assert post(client, "pay-ahead", {"amount": "40.000", "method": "direct", "on": on}, claim.pk).status_code == 302
    client.force_login(siti.user)
    assert client.get(reverse("orders:work")).context["acting"]
    for name, model in (("confirm-material", MaterialGiven), ("confirm-advance", Advance)):
        row = model.objects.get()
        assert client.get(reverse("orders:claim", args=[claim.pk])).context["action"].url == reverse(
            f"orders:{name}", args=[row.pk]
        )
        assert post(client, name, {"on": on}, row.pk).status_code == 302
    post(client, "deliver", {"delivered": "20", "on": on}, claim.pk)
    client.force_login(budi.user)
    delivery = Delivery.objects.get()
    facts = {"received": "19", "accepted": "18", "rejection_reason": "satu hilang, satu cacat", "on": on}
    assert post(client, "confirm", facts, delivery.pk).status_code == 302
    page = client.get(reverse("orders:settle", args=[delivery.pk]))
    assert page.context["page"].amount == 180_000 - 45_000 - 40_000
    assert post(client, "settle", {"method": "direct", "on": on}, delivery.pk).status_code == 302
    given = MaterialGiven.objects.get()
    assert client.get(reverse("orders:return-material", args=[given.pk])).status_code == 200
    assert client.get(reverse("orders:claim", args=[claim.pk])).status_code == 200


def test_a_dispute_is_told_on_its_page_and_shown_to_both(client, claim, siti, budi, chair):
    client.force_login(siti.user)
    assert post(client, "dispute", {"text": "Tidak sesuai"}, claim.pk).status_code == 302
    for member in (siti, budi):
        client.force_login(member.user)
        assert client.get(reverse("orders:claim", args=[claim.pk])).context["dispute"]


def test_the_sheet_of_others_is_not_found(client, claim, budi, siti, tono, leather):
    given = services.give_material(claim, item=leather, quantity=Decimal(1), on=day(1), by=budi.user)
    ahead = services.pay_ahead(claim, amount=5_000, method="direct", on=day(1), by=budi.user)
    change = services.propose_terms(claim, maker_price=9_500, reason="x", on=day(1), by=siti.user)
    client.force_login(tono.user)
    for name, row in (
        ("propose-terms", claim),
        ("answer-terms", change),
        ("give-material", claim),
        ("confirm-material", given),
        ("return-material", given),
        ("pay-ahead", claim),
        ("dispute", claim),
        ("pay-back", claim),
        ("confirm-advance", ahead),
        ("reverse-advance", ahead),
    ):
        assert client.get(reverse(f"orders:{name}", args=[row.pk])).status_code == 404, name


def test_a_member_with_work_out_who_leaves(claim, siti, secretary):
    """Leaving is stopped where departures look after it; the work itself can be handed in."""
    leave(siti, on=day(1), reason="own_request", by=secretary)
    assert services.deliver(claim, delivered=Decimal(20), on=day(2), by=siti.user).delivered == 20
