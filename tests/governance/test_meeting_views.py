"""Meetings in the browser: who may do what, wrong inputs, what a page costs."""

import datetime
import uuid

import pytest
from django.urls import reverse

from core.dates import today
from governance.models import Demand, Meeting
from governance.queries import quorum
from governance.services import agenda, attendance, vote
from tests.builders import a_member, a_user
from tests.governance.builders import a_meeting, an_item, an_open_meeting


@pytest.fixture
def member(secretary):
    return a_member(by=secretary, username="sri")


def typed(**values):
    return {"token": str(uuid.uuid4())} | values


def url(name, *args):
    return reverse(f"governance:{name}", args=args)


PAGES = ["meetings", "plan-meeting", "hold-meeting", "demands", "demand-meeting"]
OF_MEETING = [
    "meeting",
    "evening",
    "quorum",
    "move-meeting",
    "cancel-meeting",
    "invite",
    "open-meeting",
    "without-quorum",
    "call-second",
    "close-meeting",
    "invitation-pdf",
    "meeting-calendar",
    "invitations",
    "decline",
    "come-after-all",
    "record-attendance",
    "attendance-code",
    "attendance-pdf",
    "check-in",
    "fill-agenda",
    "add-item",
    "minutes",
    "minutes-pdf",
    "write-minutes",
    "sign-minutes",
]
OF_ITEM = [
    "withdraw-item",
    "note-item",
    "set-candidates",
    "count-votes",
    "record-hands",
    "record-consensus",
    "ballot",
    "booth",
    "booth-ballot",
    "start-vote",
    "move-item",
]
READ = {"meetings", "demands", "meeting", "invitation-pdf", "meeting-calendar", "minutes", "minutes-pdf"}
OF_A_MEMBER = {"demand-meeting", "decline", "come-after-all", "check-in", "ballot"}
OFFICERS = {*PAGES, *OF_MEETING, *OF_ITEM} - OF_A_MEMBER


@pytest.fixture
def evening(secretary, member):
    """A meeting of today that is open, with Sri on the list and an item that is being voted on."""
    meeting = an_open_meeting(by=secretary, on=today(), present=[member])
    item = vote.start_vote(an_item(meeting, by=secretary), how="open", by=secretary)
    return meeting, item


def every_address(meeting, item):
    attendance = meeting.attendances.get()
    addresses = {name: url(name) for name in PAGES} | {name: url(name, meeting.pk) for name in OF_MEETING}
    more = {"booth-ballot": [attendance.pk], "start-vote": ["open"], "move-item": ["up"]}
    return addresses | {name: url(name, item.pk, *more.get(name, [])) for name in OF_ITEM}


@pytest.mark.parametrize(
    ("role", "open_to"),
    [
        ("member", READ),
        ("chair", OFFICERS),
        ("secretary", OFFICERS),
        ("treasurer", OFFICERS),
        ("supervisor", READ),
        ("maintainer", set()),
    ],
)
def test_who_may_open_which_page(client, evening, role, open_to):
    """A login that belongs to no member has nothing of its own to say at a meeting."""
    client.force_login(a_user(role, username="somebody"))
    addresses = every_address(*evening)
    assert {name for name, address in addresses.items() if client.get(address).status_code == 200} == open_to


def test_a_member_answers_checks_in_and_votes(client, evening, member):
    client.force_login(member.user)
    addresses = every_address(*evening)
    opened = {name for name, address in addresses.items() if client.get(address).status_code == 200}
    assert opened == READ | OF_A_MEMBER


def test_a_shared_phone_is_answered_by_officers_only(client, evening, member, secretary):
    meeting, _item = evening
    for user, status in ((member.user, 403), (secretary, 200)):
        client.force_login(user)
        assert client.get(url("shared-phone", meeting.attendances.get().pk, "here")).status_code == status


def test_putting_in_effect_is_for_who_may_do_it_on_the_page_of_the_thing(client, evening, member, chair, treasurer):
    meeting, _item = evening
    item = an_item(meeting, by=chair, kind="election", detail="secretary")
    plain = an_item(meeting, by=chair)
    statuses = []
    for user in (chair, treasurer, member.user):
        client.force_login(user)
        statuses.append([client.get(url("put-in-effect", row.pk)).status_code for row in (item, plain)])
    assert statuses == [[200, 403], [403, 403], [403, 403]]


# -- the evening over the pages --------------------------------------------------------------------------------------


def test_a_member_checks_in_with_the_code_and_votes_once(client, secretary, member):
    meeting = an_open_meeting(by=secretary, on=today())
    item = an_item(meeting, by=secretary)
    client.force_login(member.user)
    for wrong, field in (("12345", "code"), ("abc def", "code"), ("", "code")):
        page = client.post(url("check-in", meeting.pk), typed(code=wrong))
        assert list(page.context["form"].errors) == [field]
    code = attendance.code_of(meeting)
    other = "000000" if code != "000000" else "111111"
    page = client.post(url("check-in", meeting.pk), typed(code=other))
    assert list(page.context["form"].errors) == ["code"]
    assert client.post(url("check-in", meeting.pk), typed(code=f"{code[:3]} {code[3:]}"))["Location"] == url(
        "meeting", meeting.pk
    )
    vote.start_vote(item, how="secret", by=secretary)
    assert url("ballot", item.pk) in client.get(url("meeting", meeting.pk)).text
    page = client.post(url("ballot", item.pk), typed(choice="maybe"))
    assert list(page.context["form"].errors) == ["choice"]
    sheet = typed(choice="for")
    assert client.post(url("ballot", item.pk), sheet)["Location"] == url("meeting", meeting.pk)
    assert client.post(url("ballot", item.pk), sheet)["Location"] == url("meeting", meeting.pk)  # a double tap
    assert item.votes.count() == 1


def test_the_phone_that_spoke_for_another_is_told_to_show_up(client, secretary, member):
    wahyu = a_member("Wahyu", by=secretary, username="wahyu")
    meeting = an_open_meeting(by=secretary, on=today())
    for who in (member, wahyu):
        client.force_login(who.user)
        client.post(url("check-in", meeting.pk), typed(code=attendance.code_of(meeting)))
    assert list(meeting.attendances.order_by("pk").values_list("asked", flat=True)) == [False, True]
    client.force_login(secretary)
    row = meeting.attendances.get(asked=True)
    assert url("shared-phone", row.pk, "here") in client.get(url("evening", meeting.pk)).text
    client.post(url("shared-phone", row.pk, "here"), typed())
    assert quorum(meeting).present == 2


def test_the_screen_shows_a_code_and_its_square_and_the_phone_never_the_secret(client, evening, secretary, member):
    meeting, _item = evening
    client.force_login(secretary)
    screen = client.get(url("attendance-code", meeting.pk))
    code = attendance.code_of(meeting)
    assert f"{code[:3]} {code[3:]}" in screen.text
    assert "data:image/svg+xml" in screen.text
    client.force_login(member.user)
    for name in ("meeting", "check-in"):
        assert meeting.code_secret not in client.get(url(name, meeting.pk)).text


def test_hands_booth_and_minutes_over_the_pages(client, secretary, member):
    meeting = an_open_meeting(by=secretary, on=today(), present=[member])
    first, second, third = (an_item(meeting, by=secretary, title=title) for title in "ABC")
    client.force_login(secretary)
    wrong = typed(in_favour=2, against=0, abstained=0)
    assert len(client.post(url("record-hands", first.pk), wrong).context["form"].non_field_errors()) == 1
    assert client.post(url("record-hands", first.pk), typed(in_favour=1, against=0, abstained=0)).status_code == 302
    client.post(url("start-vote", second.pk, "secret"), typed())
    row = meeting.attendances.get()
    booth = client.post(url("booth", second.pk), typed(attendance=row.pk))
    assert booth["Location"] == url("booth-ballot", second.pk, row.pk)
    assert client.post(booth["Location"], typed(choice="against"))["Location"] == url("booth", second.pk)
    client.post(url("count-votes", second.pk), typed())
    client.post(url("note-item", third.pk), typed(note="Dibicarakan"))
    assert client.post(url("close-meeting", meeting.pk), typed()).status_code == 302
    states = [item.state for item in meeting.items.filter(title__in="ABC").order_by("pk")]
    assert states == ["passed", "rejected", "noted"]
    assert "1 setuju" in client.get(url("meeting", meeting.pk)).text


def test_an_evening_that_is_planned_invited_to_and_moved_over_the_pages(client, secretary, member):
    client.force_login(secretary)
    day = today() + datetime.timedelta(days=20)
    sheet = {"on": day.isoformat(), "kind": "extraordinary", "starts_at": "19:00", "place": "Balai", "reason": ""}
    assert list(client.post(url("plan-meeting"), typed(**sheet)).context["form"].errors) == ["reason"]
    made = client.post(url("plan-meeting"), typed(**sheet | {"reason": "Atap bocor"}))
    meeting = Meeting.objects.get()
    assert made["Location"] == url("evening", meeting.pk)
    client.post(url("add-item", meeting.pk), typed(about="election:chair", title="Pemilihan ketua", text=""))
    client.post(url("set-candidates", meeting.items.get().pk), typed(members=[member.pk]))
    assert client.post(url("invite", meeting.pk), typed()).status_code == 302
    assert "wa.me" in client.get(url("invitations", meeting.pk)).text
    client.force_login(member.user)
    assert client.post(url("decline", meeting.pk), typed(reason="Sakit")).status_code == 302
    calendar = client.get(url("meeting-calendar", meeting.pk)).content.decode()
    assert f"DTSTART;TZID=Asia/Jakarta:{day:%Y%m%d}T190000" in calendar
    assert client.get(url("invitation-pdf", meeting.pk)).headers["Content-Type"] == "application/pdf"


def test_members_demand_a_meeting_and_an_officer_calls_it(client, secretary, member):
    client.force_login(member.user)
    assert client.post(url("demand-meeting"), typed(title="Atap bocor", text="Hujan.")).status_code == 302
    demand = Demand.objects.get()
    again = client.post(url("support-demand", demand.pk), typed())
    assert len(again.context["form"].non_field_errors()) == 1
    client.force_login(secretary)
    day = today() + datetime.timedelta(days=10)
    client.post(url("call-demanded", demand.pk), typed(on=day.isoformat(), place="Balai"))
    meeting = Meeting.objects.get()
    assert (meeting.kind, meeting.reason, meeting.items.get().title) == ("extraordinary", "Atap bocor", "Atap bocor")


def test_a_meeting_from_recording_to_minutes(client, member, secretary):
    client.force_login(secretary)
    response = client.post(url("hold-meeting"), typed(on="2025-02-12", kind="monthly", place="Balai RW 13"))
    meeting = Meeting.objects.get()
    assert response["Location"] == url("record-attendance", meeting.pk)
    sheet = typed(members=[member.pk], shown="")
    assert client.post(url("record-attendance", meeting.pk), sheet)["Location"] == url("evening", meeting.pk)
    minutes = typed(text="Membahas pesanan.", number=0)
    assert client.post(url("write-minutes", meeting.pk), minutes).status_code == 302
    stale = client.post(url("write-minutes", meeting.pk), typed(text="Lain", number=0))
    assert len(stale.context["form"].non_field_errors()) == 1
    page = client.get(url("meeting", meeting.pk))
    assert (page.context["quorum"].present, page.context["minutes"].text) == (1, "Membahas pesanan.")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"on": "2999-01-12"}, "on"),
        ({"on": ""}, "on"),
        ({"kind": "picnic"}, "kind"),
        ({"place": ""}, "place"),
        ({"place": "x" * 121}, "place"),
    ],
)
def test_a_meeting_that_cannot_be_is_refused(client, secretary, wrong, field):
    client.force_login(secretary)
    page = client.post(url("hold-meeting"), typed(on="2025-02-12", kind="monthly", place="Balai") | wrong)
    assert list(page.context["form"].errors) == [field]
    assert not Meeting.objects.exists()


def test_attendance_of_unknown_members_is_refused(client, secretary):
    meeting = a_meeting(by=secretary)
    client.force_login(secretary)
    for who in (["999999"], ["x"]):
        page = client.post(url("record-attendance", meeting.pk), typed(members=who))
        assert list(page.context["form"].errors) == ["members"]


@pytest.mark.parametrize("count", [1, 4])
def test_pages_cost_the_same_however_long(client, treasurer, secretary, django_assert_num_queries, count):
    people = [a_member(f"Anggota {index}", by=secretary, username=f"a{index}") for index in range(count)]
    for index in range(count):
        a_meeting(by=secretary, on=datetime.date(2025, 2, 12 + index))
    meeting = an_open_meeting(by=secretary, on=today(), present=people)
    for index in range(count):
        vote.record_consensus(an_item(meeting, by=secretary, title=str(index)), by=secretary)
        election = an_item(meeting, by=secretary, kind="election", detail="chair", title=f"Ketua {index}")
        agenda.set_candidates(election, members=people, by=secretary)
    client.force_login(treasurer)
    for name, cost in [("record-attendance", 6), ("evening", 13), ("meeting", 14), ("invitations", 6), ("minutes", 5)]:
        with django_assert_num_queries(cost):
            client.get(url(name, meeting.pk))
    with django_assert_num_queries(6):
        client.get(url("meetings"))
