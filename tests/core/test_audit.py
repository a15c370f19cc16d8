import datetime
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import translation

from core import audit
from core.models import AuditEvent


def test_event_names_who_did_what_to_whom_with_the_facts(treasurer, chair):
    event = audit.record(
        "user.created",
        chair,
        by=treasurer,
        on=datetime.date(2026, 11, 12),
        amount=5_000,
        hours=Decimal("1.5"),
        of=chair,
    )
    event.refresh_from_db()
    assert (event.subject, event.label) == (f"core.user:{chair.pk}", chair.name)
    assert (event.by, event.by_username) == (treasurer.name, "treasurer")
    assert event.facts == {"on": "2026-11-12", "amount": 5_000, "hours": "1.5", "of": chair.name}


def test_trail_is_everything_done_to_an_object_newest_first(treasurer, chair):
    first = audit.record("user.password_changed", chair, by=chair)
    second = audit.record("user.password_changed", chair, by=chair)
    audit.record("user.password_changed", treasurer, by=treasurer)
    assert list(audit.trail(chair))[:2] == [second, first]


def test_sentence_is_in_the_language_of_the_reader(chair):
    event = audit.trail(chair).get()
    with translation.override("id"):
        assert audit.sentence(event) == f"{chair.name} membuat akun masuk {chair.name}"
    with translation.override("en"):
        assert audit.sentence(event) == f"{chair.name} created the login of {chair.name}"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_auditevent SET by = 'somebody else'",
        "DELETE FROM core_auditevent",
        "TRUNCATE core_auditevent",
    ],
)
def test_trail_is_append_only_even_for_raw_sql(chair, statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEvent.objects.get().by == chair.name
