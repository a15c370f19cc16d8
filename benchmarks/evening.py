"""The evening of 500 members: their ballots in one minute, and the pages of agenda and attendance."""

import datetime
import statistics
import threading
import time
import uuid

from benchmarks.harness import report, run, sized

VOTERS = sized(500)
PHONES = 16
"""How many requests are on their way at once."""
MINUTE = 60
AIM = 0.3
"""Seconds, for 95 of 100 ballots and for a page."""


class Evening:
    """What the benchmarks share."""


def prepare():
    """A cooperative of so many members, all of them in the room with a login, and a long agenda."""
    from core.dates import today
    from core.permissions import Role
    from core.services import create_user
    from governance.models import Attendance, Meeting
    from governance.services import agenda, meeting

    on = today()
    Evening.by = create_user(
        username="bench-sec", name="Bench", role=Role.SECRETARY, password="x" * 12, must_change_password=False
    )
    run(
        "WITH login AS (INSERT INTO core_user (username, name, role, email, password, is_active, must_change_password)"
        " SELECT 'voter' || n, 'Voter ' || n, 'member', '', '!', true, false FROM generate_series(1, %s) AS n"
        " RETURNING id, name), numbered AS (SELECT id, name, row_number() OVER (ORDER BY id) AS n FROM login)"
        " INSERT INTO members_member (number, name, phone, address, rt, rw, user_id, applied_on, admitted_on,"
        " entered_on, decided_by_id, refusal_reason, leaving_reason, version)"
        " SELECT 900000 + n, name, '', '', '', '', id, %s, %s, %s, %s, '', '', 1 FROM numbered",
        [VOTERS, *[on - datetime.timedelta(days=90)] * 3, Evening.by.pk],
    )
    planned = meeting.plan_meeting(on=on, kind="extraordinary", place="x", reason="x", as_of=on, by=Evening.by)
    Meeting.objects.filter(pk=planned.pk).update(on=on + datetime.timedelta(days=30))
    planned.refresh_from_db()
    meeting.invite(planned, on=on, by=Evening.by)
    Meeting.objects.filter(pk=planned.pk).update(on=on)
    Evening.meeting = meeting.open_meeting(planned, on=on, by=Evening.by)
    from members.models import Member

    Evening.members = list(Member.objects.filter(user__isnull=False).select_related("user").order_by("pk")[:VOTERS])
    Attendance.objects.bulk_create(Attendance(meeting=Evening.meeting, member=row) for row in Evening.members)
    for number in range(20):
        agenda.add_item(Evening.meeting, title=f"Acara {number}", text="x" * 200, by=Evening.by)
    run("ANALYZE")


def ballots():
    """Every member votes from an own phone within a minute; spread evenly, on a few connections at a time."""
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    from governance.services import vote

    item = vote.start_vote(Evening.meeting.items.order_by("pk").first(), how="secret", by=Evening.by)
    address = reverse("governance:ballot", args=[item.pk])
    clients = []
    for member in Evening.members:
        client = Client(raise_request_exception=False)
        client.force_login(member.user)
        clients.append(client)
    times, lost, started = [], [], time.perf_counter()

    def phones(first: int):
        for turn in range(first, len(clients), PHONES):
            wait = started + turn * MINUTE / len(clients) - time.perf_counter()
            if wait > 0:
                time.sleep(wait)
            began = time.perf_counter()
            answer = clients[turn].post(address, {"token": str(uuid.uuid4()), "choice": "for"})
            times.append(time.perf_counter() - began)
            if answer.status_code != 302:
                lost.append(answer.status_code)
        connection.close()

    threads = [threading.Thread(target=phones, args=[first]) for first in range(PHONES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - started
    item = vote.count_votes(item, by=Evening.by)
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"{len(times)} ballots in {took:.0f} s, lost: {len(lost)}, counted: {item.in_favour}")
    report("95 of 100 ballots", {"aim": AIM, "took": p95}, aim=1)


def pages():
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    client = Client()
    client.force_login(Evening.by)
    for name in ("evening", "meeting", "record-attendance", "invitations"):
        address = reverse(f"governance:{name}", args=[Evening.meeting.pk])
        client.get(address)
        times = []
        for _turn in range(9):
            began = time.perf_counter()
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            times.append(time.perf_counter() - began)
        report(f"{name}, {len(captured)} queries", {"aim": AIM, "took": statistics.median(times)}, aim=1)


BENCHMARKS = {"ballots": ballots, "evening-pages": pages}
