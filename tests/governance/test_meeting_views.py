"""Meetings in the browser: who may do what, wrong inputs, what a page costs."""

import datetime
import uuid

import pytest
from django.urls import reverse

from governance.models import Meeting
from tests.builders import a_member, a_user
from tests.governance.builders import a_meeting


@pytest.fixture
def member(secretary):
    return a_member(by=secretary, username="sri")


def typed(**values):
    return {"token": str(uuid.uuid4())} | values


def url(name, *args):
    return reverse(f"governance:{name}", args=args)


PAGES = ["meetings", "hold-meeting"]
OF_MEETING = ["meeting", "record-attendance", "write-minutes"]


@pytest.mark.parametrize(
    ("role", "open_to"),
    [
        ("member", {"meetings", "meeting"}),
        ("chair", {*PAGES, *OF_MEETING}),
        ("secretary", {*PAGES, *OF_MEETING}),
        ("treasurer", {*PAGES, *OF_MEETING}),
        ("supervisor", {"meetings", "meeting"}),
        ("maintainer", set()),
    ],
)
def test_who_may_open_which_page(client, secretary, role, open_to):
    meeting = a_meeting(by=secretary)
    client.force_login(a_user(role, username="somebody"))
    addresses = {name: url(name) for name in PAGES} | {name: url(name, meeting.pk) for name in OF_MEETING}
    assert {name for name, address in addresses.items() if client.get(address).status_code == 200} == open_to


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


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_however_long(client, treasurer, secretary, django_assert_num_queries, count):
    for index in range(count):
        a_member(f"Anggota {index}", by=secretary)
        meeting = a_meeting(by=secretary, on=datetime.date(2025, 2, 12 + index))
    client.force_login(treasurer)
    for address, cost in [(url("meetings"), 6), (url("record-attendance", meeting.pk), 6)]:
        with django_assert_num_queries(cost):
            client.get(address)
