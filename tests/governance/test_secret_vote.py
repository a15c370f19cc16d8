"""A secret vote cannot be tied to its voters: looked for in everything that the database and the logs keep.

Two votes are taken by the same members in the same order, with choices that are dealt out differently and come to the
same sums. If anything anywhere told who chose what, the traces of the two votes would differ.
"""

import logging
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.models import AgendaItem
from governance.services import vote
from tests.builders import a_member, the_user
from tests.governance.builders import an_item, an_open_meeting
from tests.loans.test_races import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = ("Sri", "Wahyu", "Tono", "Endah", "Budi", "Lestari")
DEALT = (
    ["for", "against", "for", "abstain", "against", "for"],
    ["against", "for", "abstain", "for", "for", "against"],
)


@pytest.fixture
def people(secretary):
    return [a_member(name, by=secretary, username=name.lower()) for name in NAMES]


def sequences() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename, coalesce(last_value, 0) FROM pg_sequences WHERE schemaname = 'public'")
        return dict(cursor.fetchall())


def everything() -> dict[str, list[tuple]]:
    """Every row of every table with its place on the disk and the transaction that wrote it, oldest place first."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT ctid, xmin::text::bigint, t::text FROM "{table}" AS t ORDER BY ctid')
            found[table] = cursor.fetchall()
    return found


def trace(before: dict, after: dict) -> dict[str, list[tuple[int, str]]]:
    """What is new or changed: per table and in the order of the disk, by which transaction (the first, the second, …;

    other databases use the same numbers), and the row without what differs between any two votes: keys, moments,
    one-time tokens, the seal.
    """
    new = {}
    for table, rows in after.items():
        old = set(before.get(table, []))
        if fresh := [row for row in rows if row not in old]:
            new[table] = fresh
    writers = {xid: rank for rank, xid in enumerate(sorted({xid for rows in new.values() for _at, xid, _text in rows}))}
    return {table: [(writers[xid], blurred(text)) for _at, xid, text in rows] for table, rows in new.items()}


def blurred(text: str) -> str:
    text = re.sub(r"\\+x[0-9a-f]+", "sealed", text)
    text = re.sub(r"[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}", "token", text)
    text = re.sub(r'"?\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[.\d]*\+\d\d"?', "moment", text)
    return re.sub(r"\d+", "n", text)


def a_secret_vote(item, people, choices, clients, caplog):
    """The vote over the pages; everything it leaves behind: rows, sequences, statements, logs, answers."""
    at_first, before = sequences(), everything()
    caplog.clear()
    statements, answers = [], []
    with caplog.at_level(logging.DEBUG):
        vote.start_vote(item, how="secret", by=the_user("secretary"))
        during_before = everything()
        for member, client, choice in zip(people, clients, choices, strict=True):
            page = client.get(reverse("governance:ballot", args=[item.pk]))
            form = {"token": page.context["form"]["token"].value(), "choice": choice}
            with CaptureQueriesContext(connection) as captured:
                answer = client.post(reverse("governance:ballot", args=[item.pk]), form)
            assert answer.status_code == 302, member
            statements.append([blurred(query["sql"]) for query in captured])
            answers.append((answer.status_code, answer["Location"], len(answer.content)))
        during = trace(during_before, everything())
        vote.count_votes(item, by=the_user("secretary"))
    moved = {name: value - at_first.get(name, 0) for name, value in sequences().items() if value != at_first.get(name)}
    return {
        "during": during,
        "rows": trace(before, everything()),
        "sequences": moved,
        "statements": statements,
        "answers": [(status, length) for status, _to, length in answers],
        "logs": [blurred(record.getMessage()) for record in caplog.records],
    }


def test_nothing_that_is_kept_tells_who_chose_what(people, secretary, caplog):
    meeting = an_open_meeting(by=secretary, present=people)
    items = [an_item(meeting, by=secretary, title="Usul") for _deal in DEALT]
    clients = []
    for member in people:
        client = Client()
        client.force_login(member.user)
        client.get(reverse("governance:meeting", args=[meeting.pk]))
        clients.append(client)
    first, second = (
        a_secret_vote(item, people, choices, clients, caplog) for item, choices in zip(items, DEALT, strict=True)
    )
    for kept in first:
        assert first[kept] == second[kept], kept
    sums = [(item.in_favour, item.against, item.abstained) for item in AgendaItem.objects.order_by("pk")]
    assert sums == [(3, 2, 1), (3, 2, 1)]


def test_no_row_statement_or_log_names_a_choice(people, secretary, caplog):
    meeting = an_open_meeting(by=secretary, present=people)
    item = vote.start_vote(an_item(meeting, by=secretary), how="secret", by=secretary)
    before = everything()
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as captured:
        for member in people:
            vote.cast(item, member, choice="against", by=member.user)
    new = [
        text for table, rows in everything().items() for *_where, text in rows if (*_where, text) not in before[table]
    ]
    said = [*new, *(query["sql"] for query in captured), *(record.getMessage() for record in caplog.records)]
    assert len(said) > len(people)
    assert [text for text in said if "against" in re.sub(r'"governance_\w+"\."\w+"', "", text)] == []


def test_every_statement_seals_the_sums_anew(people, secretary):
    """The same choice six times never looks the same twice, and always has the same length."""
    meeting = an_open_meeting(by=secretary, present=people)
    item = vote.start_vote(an_item(meeting, by=secretary), how="secret", by=secretary)
    seals = set()
    for member in people:
        vote.cast(item, member, choice="for", by=member.user)
        seals.add(bytes(item.box.__class__.objects.get().sealed))
    assert (len(seals), len({len(seal) for seal in seals})) == (6, 1)


# -- at the same moment ----------------------------------------------------------------------------------------------


def test_all_votes_of_the_same_moment_count_and_a_double_tap_once(people, secretary):
    meeting = an_open_meeting(by=secretary, present=people)
    item = vote.start_vote(an_item(meeting, by=secretary), how="secret", by=secretary)
    taps = [(lambda member=member: vote.cast(item, member, choice="for", by=member.user)) for member in people * 2]
    assert len(refusals(at_once(*taps))) == len(people)
    item = vote.count_votes(item, by=secretary)
    assert (item.in_favour, item.votes.count()) == (6, 6)


def test_a_vote_that_meets_the_counting_is_counted_or_refused(people, secretary):
    meeting = an_open_meeting(by=secretary, present=people)
    item = vote.start_vote(an_item(meeting, by=secretary), how="secret", by=secretary)
    vote.cast(item, people[0], choice="for", by=people[0].user)
    taps = [(lambda member=member: vote.cast(item, member, choice="for", by=member.user)) for member in people[1:]]
    at_once(*taps[:3], lambda: vote.count_votes(item, by=secretary), *taps[3:])
    item.refresh_from_db()
    assert item.state == "passed"
    assert item.in_favour == item.votes.count() >= 1
