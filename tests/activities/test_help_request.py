"""Asking for help, for members and for neighbours; answering; and that illness is not read by all."""

import datetime
import threading
import uuid

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse

from activities import services
from activities.errors import ActivityRefused
from activities.models import HelpRequest, Visit
from core.dates import today
from core.models import AuditEvent, Notice
from core.permissions import Role
from ledger import chart
from tests.activities.builders import PLANNED, fill
from tests.books import assert_clean
from tests.builders import a_user

SECRET = "Stroke ringan"


def ask(by, **facts):
    return services.ask_for_help(**{"occasion": "illness", "reason": SECRET, "on": PLANNED, "by": by} | facts)


@pytest.fixture
def asked(people, treasurer, chair, secretary):
    """Tono asks for 200,000 for Sri."""
    sri, tono = people
    return ask(tono.user, member=sri, amount=200_000)


def url(name, *args):
    return reverse(f"activities:{name}", args=args)


def send(client, page, **typed):
    return client.post(page, {"token": str(uuid.uuid4()), **typed}, follow=True)


def test_from_the_request_to_the_report_of_the_visit(asked, people, treasurer, chair, capital):
    sri, tono = people
    fill(chart.SOCIAL_FUND, 500_000, by=treasurer)
    assert Notice.objects.filter(to=chair, text__contains="Tono Raharjo").exists()
    services.approve_help(asked, granted=150_000, on=PLANNED, by=chair)
    assert Notice.objects.filter(to=tono.user, text__contains="disetujui").exists()
    facts = {"reason": "Sakit", "visitors": "Bu Ketua", "on": PLANNED, "by": treasurer, "source": "social"}
    with pytest.raises(ActivityRefused, match="Melebihi"):
        services.record_visit(help_request=asked, amount=150_001, **facts)
    visit = services.record_visit(help_request=asked, amount=150_000, report="Membaik", **facts)
    assert (visit.member, visit.help_request, visit.report) == (sri, asked, "Membaik")
    with pytest.raises(ActivityRefused, match="sudah dicatat"):
        services.record_visit(help_request=asked, **facts)
    services.reverse_visit(visit, on=PLANNED, reason="Salah jumlah", by=chair)
    services.record_visit(help_request=asked, amount=100_000, **facts)
    assert_clean(PLANNED)


def test_who_may_not_answer(asked, people, chair):
    sri, tono = people
    with pytest.raises(ActivityRefused, match="Anda sendiri"):
        services.approve_help(asked, granted=1, on=PLANNED, by=tono.user)
    with pytest.raises(ActivityRefused, match="untuk Anda"):
        services.decline_help(asked, reason="x", on=PLANNED, by=sri.user)
    with pytest.raises(ActivityRefused, match="alasan"):
        services.decline_help(asked, reason=" ", on=PLANNED, by=chair)
    with pytest.raises(ActivityRefused, match="Orang lain"):
        services.withdraw_help(asked, on=PLANNED, by=chair)
    with pytest.raises(ActivityRefused, match="belum disetujui"):
        services.record_visit(help_request=asked, reason="x", visitors="y", on=PLANNED, by=chair)
    services.decline_help(asked, reason="Sudah dibantu RW", on=PLANNED, by=chair)
    for answer in (
        lambda: services.approve_help(asked, granted=1, on=PLANNED, by=chair),
        lambda: services.withdraw_help(asked, on=PLANNED, by=tono.user),
    ):
        with pytest.raises(ActivityRefused, match="sudah dijawab"):
            answer()


def test_for_whom_it_is_must_be_clear(people, treasurer):
    sri, tono = people
    for wrong, field in (
        ({}, "member"),
        ({"member": sri, "neighbour": "Mbah Joyo", "address": "RT 3"}, "member"),
        ({"neighbour": "Mbah Joyo"}, "address"),
        ({"member": sri, "reason": " "}, "reason"),
    ):
        with pytest.raises(ActivityRefused) as no:
            ask(tono.user, **wrong)
        assert no.value.field == field
    assert ask(tono.user, neighbour="Mbah Joyo", address="RT 3").who == "Mbah Joyo"


def test_illness_is_read_by_who_decides_and_who_asked_only(client, asked, people, treasurer, chair, capital):
    sri, tono = people
    services.approve_help(asked, granted=50_000, on=PLANNED, by=chair)
    visit = services.record_visit(
        help_request=asked, reason=SECRET, visitors="Bu Ketua", report=SECRET, amount=50_000, on=PLANNED,
        by=treasurer,
    )  # fmt: skip
    pages = {
        "request": url("help-request", asked.pk),
        "requests": url("help-requests"),
        "visit": url("visit", visit.pk),
        "visits": url("visits"),
        "entry": reverse("ledger:entry", args=[visit.entry_id]),
        "receipt": reverse("ledger:receipt", args=[visit.receipt_id]),
        "fund": url("fund", "social"),
    }

    def reading(user):
        client.force_login(user)
        found = {name: client.get(address) for name, address in pages.items()}
        return {name for name, page in found.items() if SECRET in page.content.decode()}

    assert reading(chair) == {"request", "visit", "visits"}
    assert reading(tono.user) == {"request"}
    assert reading(sri.user) == {"request"}
    assert reading(a_user(Role.MEMBER, username="lain")) == set()
    assert reading(a_user(Role.SUPERVISOR)) == set()
    assert not AuditEvent.objects.filter(facts__icontains=SECRET).exists()
    client.force_login(a_user(Role.MEMBER, username="orang"))
    assert client.get(pages["request"]).status_code == 404


# -- the database ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"neighbour": "Mbah Joyo", "address": "RT 3"}, "for_one"),
        ({"member": None}, "for_one"),
        ({"member": None, "neighbour": "Mbah Joyo"}, "for_one"),
        ({"occasion": "picnic"}, "occasion_known"),
        ({"amount": -1}, "amounts"),
        ({"granted": 1}, "amounts"),
        ({"answer": "approved"}, "answered_whole"),
        ({"answer_reason": "x"}, "answered_whole"),
        ({"answer": "approved", "by_asker": True}, "answered_by_another"),
        ({"answer": "withdrawn", "by_other": True}, "withdrawn_by_asker"),
        ({"answer": "declined", "by_other": True}, "declined_with_reason"),
    ],
)
def test_the_database_refuses(asked, chair, change, constraint):
    change = dict(change)
    for flag, user in (("by_asker", asked.asked_by), ("by_other", chair)):
        if change.pop(flag, False):
            change |= {"answered_on": PLANNED, "answered_by": user}
    facts = {"member": asked.member, "occasion": "illness", "reason": "x", "asked_on": PLANNED}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        HelpRequest.objects.create(**facts | {"asked_by": asked.asked_by} | change)


def test_the_database_keeps_what_was_asked_and_answers_once(asked, chair):
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        HelpRequest.objects.update(reason="x")
    with pytest.raises(ProgrammingError, match="Cannot delete"), transaction.atomic():
        HelpRequest.objects.all().delete()
    services.approve_help(asked, granted=1, on=PLANNED, by=chair)
    with pytest.raises(IntegrityError, match="answered_once"), transaction.atomic():
        HelpRequest.objects.update(granted=2)


@pytest.mark.django_db(transaction=True)
def test_two_visits_to_one_request_at_once_pay_once(asked, treasurer, chair, capital):
    services.approve_help(asked, granted=50_000, on=PLANNED, by=chair)
    outcomes, start = [], threading.Barrier(2)

    def go():
        try:
            start.wait()
            services.record_visit(
                help_request=asked, reason="Sakit", visitors="Bu Ketua", amount=50_000, on=PLANNED,
                by=treasurer,
            )  # fmt: skip
            outcomes.append("paid")
        except ActivityRefused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["paid", "refused"]
    assert Visit.objects.count() == 1


# -- in the browser --------------------------------------------------------------------------------------------------


def test_a_member_asks_for_a_neighbour_and_withdraws(client, people, chair):
    _sri, tono = people
    client.force_login(tono.user)
    typed = {"member": "", "neighbour": "Mbah Joyo", "occasion": "disability", "reason": "Tidak bisa jalan"}
    page = send(client, url("ask-for-help"), address="", amount="", **typed)
    assert list(page.context["form"].errors) == ["address"]
    assert "Tidak bisa jalan" in page.content.decode(), "what was typed is kept"
    send(client, url("ask-for-help"), address="RT 3", amount="", **typed)
    asked = HelpRequest.objects.get()
    assert (asked.who, asked.address, asked.asked_by) == ("Mbah Joyo", "RT 3", tono.user)
    assert client.get(url("approve-help", asked.pk)).status_code == 403
    send(client, url("withdraw-help", asked.pk))
    asked.refresh_from_db()
    assert asked.answer == "withdrawn"


def test_an_officer_approves_and_the_treasurer_records_the_visit(client, asked, treasurer, chair, capital):
    client.force_login(chair)
    send(client, url("approve-help", asked.pk), granted="100.000", reason="")
    client.force_login(treasurer)
    form = client.get(url("visit-request", asked.pk)).context["form"]
    assert (form["amount"].value(), "member" in form.fields) == (100_000, False)
    typed = {"on": today().isoformat(), "reason": "Sakit", "visitors": "Pengurus", "report": "", "amount": "100.000"}
    send(client, url("visit-request", asked.pk), source="running", channel="cash", **typed)
    assert Visit.objects.get().help_request == asked


def test_the_lists_cost_the_same_however_long(client, people, chair, django_assert_num_queries):
    sri, tono = people
    client.force_login(chair)
    ask(tono.user, member=sri)
    client.get(url("help-requests"))
    for count in (2, 6):
        for _number in range(count):
            services.approve_help(ask(tono.user, member=sri), granted=0, on=PLANNED, by=chair)
            ask(tono.user, neighbour="Mbah Joyo", address="RT 3")
        with django_assert_num_queries(6):
            client.get(url("help-requests"))


def test_every_member_reads_the_funds(client, people, treasurer, chair, django_assert_num_queries):
    fill(chart.SOCIAL_FUND, 500_000, on=datetime.date(2026, 1, 20), by=treasurer)
    client.force_login(people[0].user)
    page = client.get(url("funds")).content.decode().replace("\u00a0", " ")
    assert "Rp 500.000" in page
    assert "Kunjungan, " in page
    assert "+500.000" in client.get(url("fund", "social")).content.decode()
    assert client.get(url("fund", "education")).status_code == 200
    assert client.get(url("fund", "running")).status_code == 404
    fill(chart.SOCIAL_FUND, 40_000, on=datetime.date(2026, 2, 20), by=treasurer)
    with django_assert_num_queries(6):
        client.get(url("fund", "social"))
    assert datetime.date(2026, 1, 20) < today()


HELP = {"help-requests", "ask-for-help", "help-request"}
FUNDS = {"funds", "fund"}
ALL = HELP | FUNDS | {"approve-help", "decline-help", "withdraw-help", "visit-request"}


@pytest.mark.parametrize(
    ("role", "open_to"),
    [
        ("member", {"help-requests", "ask-for-help"} | FUNDS),
        ("chair", ALL - {"visit-request"}),
        ("secretary", ALL - {"visit-request"}),
        ("treasurer", ALL),
        ("supervisor", {"help-requests", "ask-for-help"} | FUNDS),
        ("maintainer", set()),
    ],
)
def test_who_may_open_which_page(client, asked, role, open_to):
    client.force_login(a_user(role, username="somebody"))
    addresses = {name: url(name) for name in ("help-requests", "ask-for-help", "funds")} | {
        "fund": url("fund", "social")
    }
    addresses |= {name: url(name, asked.pk) for name in ALL - set(addresses)}
    assert {name for name, address in addresses.items() if client.get(address).status_code == 200} == open_to
