"""Meetings, dues and visits in the browser: who may do what, wrong inputs, the sheet of the 12th."""

import datetime
import uuid

import pytest
from django.urls import reverse

from activities.models import DuesPayment, DuesWaiver, Visit
from activities.services import Collected, collect, collect_dues, give_aid, pay_expense, record_visit, waive_dues
from core.dates import today
from tests.activities.builders import a_programme, a_waiver_decision, dues_owed, dues_rules
from tests.builders import a_decision, a_member_in, a_user, savings_rules
from tests.governance.builders import a_meeting

JANUARY = datetime.date(2025, 1, 12)
MARCH = datetime.date(2025, 3, 12)


@pytest.fixture
def rules(books, chair, secretary):
    savings_rules(by=chair, on=JANUARY)
    return dues_rules(by=chair, on=JANUARY)


@pytest.fixture
def member(rules, treasurer):
    return a_member_in(by=treasurer, on=JANUARY, username="sri", phone="+6281234567890")


def typed(**values):
    return {"token": str(uuid.uuid4())} | values


def url(name, *args):
    return reverse(f"activities:{name}", args=args)


# -- who may do what -------------------------------------------------------------------------------------------------

PAGES = ["dues", "dues-export", "visits", "record-visit"]
OF_MEMBER = ["dues-of", "collect-dues", "waive-dues"]
OF_MEETING = ["collect"]
REVERSING = ["reverse-visit", "reverse-aid", "reverse-expense"]


@pytest.mark.parametrize(
    ("role", "open_to"),
    [
        ("member", set()),
        ("chair", {*PAGES, *OF_MEMBER, *OF_MEETING} - {"record-visit", "collect-dues"}),
        ("secretary", {*PAGES, *OF_MEMBER, *OF_MEETING} - {"record-visit", "collect-dues"}),
        ("treasurer", {*PAGES, *OF_MEMBER, *OF_MEETING} - {"waive-dues"}),
        ("supervisor", {"dues", "dues-export", "dues-of", "visits", *OF_MEETING}),
        ("maintainer", set()),
    ],
)
def test_who_may_open_which_page(client, member, secretary, role, open_to):
    meeting = a_meeting(by=secretary)
    client.force_login(a_user(role, username="somebody"))
    addresses = {name: url(name) for name in PAGES}
    addresses |= {name: url(name, member.pk) for name in OF_MEMBER}
    addresses |= {name: url(name, meeting.pk) for name in OF_MEETING}
    assert {name for name, address in addresses.items() if client.get(address).status_code == 200} == open_to


def test_the_old_addresses_of_meetings_lead_to_the_new_ones(client, member, secretary):
    meeting = a_meeting(by=secretary)
    client.force_login(member.user)
    assert client.get("/activities/meetings/")["Location"] == reverse("governance:meetings")
    assert client.get(f"/activities/meetings/{meeting.pk}/")["Location"] == reverse(
        "governance:meeting", args=[meeting.pk]
    )


@pytest.mark.parametrize(
    ("role", "open_to"),
    [
        ("member", {"programme", "aid"}),
        ("chair", {*REVERSING, "programme", "aid", "visit", "end-waiver"}),
        ("secretary", {"programme", "aid", "visit", "end-waiver"}),
        ("treasurer", {*REVERSING, "programme", "aid", "visit"}),
        ("supervisor", {"programme", "aid", "visit"}),
        ("maintainer", set()),
    ],
)
def test_who_may_reverse_what_was_paid(client, member, chair, secretary, treasurer, capital, role, open_to):
    visit = record_visit(member, reason="Sakit", visitors="Bu Ketua", amount=1, on=MARCH, by=treasurer)
    given = give_aid(member, kind="capital", what="Modal", worth=1, is_money=True, on=MARCH, by=treasurer)
    programme = a_programme(secretary)
    paid = pay_expense(programme, what="Alat", to="Toko", amount=1, source="running", on=MARCH, by=treasurer)
    waiver = waive_dues(
        member,
        first_month=MARCH,
        last_month=MARCH,
        reason="Sakit",
        decided_in=a_waiver_decision(member, by=chair, on=JANUARY),
        on=MARCH,
        by=chair,
    )
    client.force_login(a_user(role, username="somebody"))
    rows = {
        "visit": visit, "reverse-visit": visit, "reverse-aid": given, "programme": programme, "reverse-expense": paid,
        "end-waiver": waiver,
    }  # fmt: skip
    addresses = {name: url(name, row.pk) for name, row in rows.items()} | {"aid": url("aid")}
    pages = {name: client.get(address) for name, address in addresses.items()}
    assert {name for name, page in pages.items() if page.status_code == 200} == open_to
    if "aid" in open_to:
        may_reverse = "reverse-aid" in open_to
        assert (url("reverse-aid", given.pk) in pages["aid"].content.decode()) == may_reverse
        assert (url("reverse-expense", paid.pk) in pages["programme"].content.decode()) == may_reverse


def test_reversed_things_say_so_and_the_journal_leads_there(client, member, treasurer, chair, secretary, capital):
    facts = {"on": MARCH, "by": treasurer}
    given = give_aid(member, kind="capital", what="Modal", worth=5, is_money=True, **facts)
    paid = pay_expense(a_programme(secretary), what="Alat", to="Toko", amount=7, source="running", **facts)
    [dues] = collect_dues(member, months=1, **facts)
    client.force_login(chair)
    for row, page in (
        (given, url("reverse-aid", given.pk)),
        (paid, url("programme", paid.programme_id)),
        (dues, url("dues-of", member.pk)),
    ):
        assert client.get(reverse("ledger:entry", args=[row.entry_id])).context["origin"] == page
    assert client.post(url("reverse-aid", given.pk), typed(reason="Salah", on="2025-03-13")).status_code == 302
    assert client.post(url("reverse-expense", paid.pk), typed(reason="Salah", on="2025-03-13")).status_code == 302
    assert "dibatalkan" in client.get(url("aid")).content.decode()
    page = client.get(url("programme", paid.programme_id))
    assert ("dibatalkan" in page.content.decode(), page.context["spent"]) == (True, 0)


def test_a_waiver_in_the_browser(client, member, chair):
    a_decision(by=chair, on=JANUARY, number="Lain")
    decision = a_waiver_decision(member, by=chair, on=JANUARY)
    client.force_login(chair)
    form = client.get(url("waive-dues", member.pk)).context["form"]
    assert list(form.fields["decided_in"].queryset) == [decision], "what decided something else is not offered"
    facts = {"reason": "Lama sakit", "decided_in": decision.pk, "on": "2025-03-12"}
    no = client.post(url("waive-dues", member.pk), typed(first_month="2025-03-01", last_month="2025-02-01", **facts))
    assert list(no.context["form"].errors) == ["last_month"]
    client.post(url("waive-dues", member.pk), typed(first_month="2025-02-20", last_month="2025-03-01", **facts))
    assert dues_owed(member, as_of=MARCH) == 10_000
    client.force_login(member.user)
    assert "Lama sakit" in client.get(url("dues-of", member.pk)).content.decode()
    client.force_login(a_user("supervisor"))
    assert "Lama sakit" not in client.get(url("dues-of", member.pk)).content.decode()
    client.force_login(a_user("secretary", username="sekretaris2"))
    waiver = DuesWaiver.objects.get()
    client.post(url("end-waiver", waiver.pk), typed(reason="Salah anggota", on="2025-03-12"))
    assert dues_owed(member, as_of=MARCH) == 30_000


def test_a_member_sees_the_own_dues_only(client, member, treasurer):
    other = a_member_in("Wahyu", by=treasurer, on=JANUARY)
    client.force_login(member.user)
    assert client.get(url("dues"))["Location"] == url("dues-of", member.pk)
    assert client.get(url("dues-of", member.pk)).status_code == 200
    assert client.get(url("dues-of", other.pk)).status_code == 404


# -- dues ------------------------------------------------------------------------------------------------------------


def test_collecting_dues_offers_the_open_months_and_gives_a_receipt(client, member, treasurer):
    client.force_login(treasurer)
    page = client.get(url("collect-dues", member.pk))
    assert page.context["form"].fields["months"].choices[1] == (
        2,
        "2 bulan, Januari 2025 sampai Februari 2025: Rp\u00a020.000",
    )
    once = typed(months="2", channel="cash", on="2025-03-12")
    assert client.post(url("collect-dues", member.pk), once)["Location"] == url("dues-of", member.pk)
    again = client.post(url("collect-dues", member.pk), once)
    assert len(again.context["form"].non_field_errors()) == 1
    assert DuesPayment.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "field"), [({"months": "0"}, "months"), ({"months": "999"}, "months"), ({"on": "2999-01-01"}, "on")]
)
def test_dues_that_cannot_be_are_refused(client, member, treasurer, wrong, field):
    client.force_login(treasurer)
    page = client.post(url("collect-dues", member.pk), typed(months="1", channel="cash", on="2025-03-12") | wrong)
    assert list(page.context["form"].errors) == [field]
    assert not DuesPayment.objects.exists()


def test_reversing_dues_is_for_other_eyes(client, member, treasurer, chair):
    [paid] = collect_dues(member, months=1, on=MARCH, by=treasurer)
    client.force_login(treasurer)
    page = client.post(url("reverse-dues", paid.pk), typed(reason="Salah", on="2025-03-13"))
    assert len(page.context["form"].non_field_errors()) == 1
    client.force_login(chair)
    assert client.post(url("reverse-dues", paid.pk), typed(reason="Salah", on="2025-03-13")).status_code == 302
    assert dues_owed(member, as_of=MARCH + datetime.timedelta(days=1)) == 30_000


def test_a_visit_in_the_browser(client, member, treasurer):
    client.force_login(treasurer)
    facts = typed(
        member=member.pk,
        on="2025-03-12",
        reason="Rawat inap",
        visitors="Bu Ketua",
        amount="",
        source="social",
        channel="cash",
    )
    assert client.post(url("record-visit"), facts).status_code == 302
    assert Visit.objects.get().amount == 0


# -- cost ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_however_long(
    client, rules, treasurer, secretary, capital, django_assert_num_queries, count
):
    programme = a_programme(secretary)
    for index in range(count):
        member = a_member_in(f"Anggota {index}", by=treasurer, on=JANUARY)
        facts = {"on": MARCH, "by": treasurer}
        visit = record_visit(member, reason="Sakit", visitors="Bu Ketua", amount=1, **facts)
        give_aid(member, kind="capital", what="Modal", worth=1, is_money=True, **facts)
        pay_expense(programme, what="Alat", to="Toko", amount=1, source="running", **facts)
    collect_dues(member, months=count, on=today(), by=treasurer)
    client.force_login(treasurer)
    for address, cost in [
        (url("dues"), 4),
        (url("dues-of", member.pk), 8),
        (url("visits"), 5),
        (url("visit", visit.pk), 5),
        (url("aid"), 5),
        (url("programme", programme.pk), 8),
        (url("funds"), 10),
    ]:
        with django_assert_num_queries(cost):
            client.get(address)


def test_another_officer_finds_the_receipt_of_a_meeting_to_reverse_it(client, member, treasurer, chair, secretary):
    """Only the treasurer collects, and nobody reverses what he posted himself: the chair comes by the meeting."""
    meeting = a_meeting(by=secretary)
    [row] = collect(meeting, collected=[Collected(member, voluntary=15_000)], by=treasurer)
    sheet, back = url("collect", meeting.pk), url("reverse-collection", row.pk)
    client.force_login(chair)
    assert sheet in client.get(reverse("governance:meeting", args=[meeting.pk])).content.decode()
    page = client.get(sheet).content.decode()
    assert back in page
    assert url("collect-paper", meeting.pk) not in page
    assert client.post(sheet, {"post": "1"}).status_code == 403
    assert client.post(back, typed(reason="Salah orang", on=str(today()))).status_code == 302
    row.refresh_from_db()
    assert row.is_reversed
