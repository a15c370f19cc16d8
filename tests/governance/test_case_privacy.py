"""An officer reads the whole trail, but not who brought up a case about themselves."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import audit
from core.models import AuditEvent, Notice
from governance.services import case as cases
from tests.builders import a_member, a_user

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 3, 2)
READERS = ["chair", "treasurer", "supervisor"]
"""The roles that read the trail and may be members."""


@pytest.fixture
def tono(secretary):
    return a_member("Tono Prasetyo", username="tono")


@pytest.fixture
def concerned(request, chair, secretary, treasurer, supervisor):
    """An officer who is a member, as every officer is (art. 29), and whom a case concerns."""
    user = {"chair": chair, "secretary": secretary, "treasurer": treasurer, "supervisor": supervisor}[request.param]
    return a_member(f"Anggota {request.param}", user=user, by=chair if user == secretary else secretary)


def about(member, *, by, **facts):
    facts = {"kind": "conduct", "title": "Pembicaraan di bengkel", "text": "Harga dibicarakan di luar."} | facts
    return cases.open_case(member, on=DAY, by=by, **facts)


def lines(user):
    return [audit.sentence(event) for event in audit.visible_to(user)]


# -- the trail -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("concerned", READERS, indirect=True)
def test_an_officer_does_not_read_in_the_trail_who_reported_them(concerned, tono, secretary, client):
    case = about(concerned, by=tono.user)
    cases.record_talk(case, text="Bertemu.", on=DAY, by=secretary)
    other = about(tono, by=secretary)
    assert not [line for line in lines(concerned.user) if case.number in line]
    assert [line for line in lines(concerned.user) if other.number in line] == [
        f"Sebuah laporan membuka perkara {other.number}"
    ]
    client.force_login(concerned.user)
    assert case.number not in client.get(reverse("audit-trail")).content.decode()


@pytest.mark.parametrize("concerned", READERS, indirect=True)
def test_the_trail_stays_whole_for_everybody_else_who_reads_it(concerned, tono, chair, treasurer, supervisor):
    case = about(concerned, by=tono.user)
    for user in {chair, treasurer, supervisor} - {concerned.user}:
        assert f"Sebuah laporan membuka perkara {case.number}" in lines(user)
        assert audit.visible_to(user).count() == AuditEvent.objects.count()


def test_another_supervisor_sees_what_is_kept_from_the_one_concerned(tono, supervisor):
    second = a_user("supervisor", username="pengawas2")
    case = about(a_member("Pengawas", user=supervisor), by=tono.user)
    assert not [line for line in lines(supervisor) if case.number in line]
    assert f"Sebuah laporan membuka perkara {case.number}" in lines(second)


def test_a_line_about_something_else_that_names_the_case_is_kept_back_too(tono, treasurer, chair):
    concerned = a_member("Bendahara", user=treasurer)
    case = about(concerned, by=tono.user)
    audit.record("handover.disputed", tono, by=tono.user, case=case.number)
    audit.record("handover.disputed", tono, by=tono.user, case="KS-2025-0009")
    said = "Tono Prasetyo meminta pengurus melihat ini: perkara"
    assert [line for line in lines(treasurer) if line.startswith(said)] == [f"{said} KS-2025-0009"]
    assert len([line for line in lines(chair) if line.startswith(said)]) == 2
    on_the_page = [event.facts["case"] for event in audit.trail(tono, reader=treasurer) if "case" in event.facts]
    assert on_the_page == ["KS-2025-0009"]
    assert audit.trail(case, reader=treasurer).count() == 0
    assert audit.trail(case, reader=chair).count() == 1


def test_the_maintainer_reads_of_no_case_by_a_detour(tono, maintainer, secretary):
    audit.record("handover.disputed", tono, by=tono.user, case="KS-2025-0009")
    assert not [line for line in lines(maintainer) if "KS-" in line]


def test_the_trail_asks_the_same_questions_however_many_cases_concern_the_reader(tono, treasurer, client):
    concerned = a_member("Bendahara", user=treasurer)
    client.force_login(treasurer)
    counts = []
    for _more in range(2):
        about(concerned, by=tono.user)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(reverse("audit-trail"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


# -- pages, lists, notices -------------------------------------------------------------------------------------------


OFFICERS = ["chair", "secretary", "treasurer", "supervisor"]


@pytest.mark.parametrize("concerned", OFFICERS, indirect=True)
def test_no_page_tells_an_officer_who_reported_them(concerned, tono, client):
    Notice.objects.all().delete()  # of how both became members
    case = about(concerned, by=tono.user)
    pages = [
        reverse("governance:case", args=[case.pk]),
        reverse("governance:cases"),
        reverse("governance:cases") + "?state=&search=Tono",
        reverse("governance:my-cases"),
        reverse("members:detail", args=[concerned.pk]),
        reverse("members:data", args=[concerned.pk]),
        reverse("inbox"),
        reverse("home"),
    ]
    client.force_login(concerned.user)
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert "Prasetyo" not in answer.content.decode(), page


@pytest.mark.parametrize("concerned", ["secretary", "treasurer", "supervisor"], indirect=True)
def test_nor_does_the_page_say_that_another_officer_reported_or_why_the_secretary_decides(concerned, chair, client):
    case = about(concerned, by=chair)
    client.force_login(concerned.user)
    text = client.get(reverse("governance:case", args=[case.pk])).content.decode()
    main = text[text.index("<main") : text.index("</main>")]
    assert "Chair" not in main
    assert "menggantikan ketua" not in main
    assert "pengurus yang tidak terlibat" in main
    client.force_login(chair)
    assert "Dilaporkan oleh" not in main


def test_whoever_is_concerned_hears_of_the_case_without_a_name(tono, chair):
    case = about(a_member("Bu Ketua", user=chair), by=tono.user)
    [told] = Notice.objects.filter(to=chair, url=reverse("governance:case", args=[case.pk]))
    assert "Tono" not in told.text


def test_a_supervisor_finds_the_own_case_in_the_menu_and_may_report(supervisor, tono, chair, client):
    case = about(a_member("Pengawas", user=supervisor), by=tono.user)
    client.force_login(supervisor)
    assert reverse("governance:my-cases") in client.get(reverse("governance:letters")).content.decode()
    own = client.get(reverse("governance:my-cases")).content.decode()
    assert "Baca dan jawab" in own
    assert reverse("governance:report-case") in own
    cases.close(case, text="Salah paham.", on=DAY, by=chair)
    assert "Baca dan jawab" not in client.get(reverse("governance:my-cases")).content.decode()
