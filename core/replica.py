"""Reading from a standby: reports and exports leave the primary to those who write.

Nobody is shown less than they know: a page comes from the standby only where it is sure to hold everything that this
person has written, and everything else that was confirmed. In any doubt, and where it does not answer, the primary is
asked. Without REPLICA_URL nothing of this happens.
"""

import logging
import re
import time
from contextvars import ContextVar

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

REPLICA = "replica"
SEEN = "seen"
"""The cookie with the place in the primary's log up to which this person has written."""
REST_AFTER_FAILURE = 10
"""Seconds in which a standby that did not answer is not asked again."""

PLACE = re.compile("[0-9A-F]{1,8}/[0-9A-F]{1,8}")
"""A cookie can say anything."""

log = logging.getLogger("kokkmas.replica")
_alias = ContextVar("alias", default=DEFAULT_DB_ALIAS)
_not_before = 0.0

CAUGHT_UP = """
    SELECT pg_is_in_recovery()
        AND pg_last_wal_replay_lsn() >= %(seen)s::pg_lsn
        AND (
            pg_last_wal_replay_lsn() = pg_last_wal_receive_lsn()
            OR clock_timestamp() - pg_last_xact_replay_timestamp() < make_interval(secs => %(lag)s)
        )
        AND EXISTS (SELECT FROM pg_stat_wal_receiver)
"""


def alias() -> str:
    """The database that the statements of this moment read."""
    return _alias.get()


class Router:
    """Queries of the ORM go where `alias` says, everything that writes to the primary."""

    def db_for_read(self, model, **hints):
        return alias()

    def db_for_write(self, model, **hints):
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one, other, **hints):
        return True

    def allow_migrate(self, db, app_label, **hints):
        return db == DEFAULT_DB_ALIAS


class ReadFromReplica:
    """GET requests of the rooms in `settings.READ_FROM_REPLICA` (namespaces or view names) read the standby."""

    def __init__(self, get_response):
        if REPLICA not in settings.DATABASES:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        token = _alias.set(DEFAULT_DB_ALIAS)
        try:
            response = self.get_response(request)
        finally:
            _alias.reset(token)
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            response.set_cookie(SEEN, written_up_to(), max_age=3600, httponly=True, secure=settings.PRODUCTION)
        return response

    def process_view(self, request, view, args, kwargs):
        match = request.resolver_match
        wanted = settings.READ_FROM_REPLICA.intersection([*match.namespaces, match.view_name])
        if request.method == "GET" and wanted and holds(request.COOKIES.get(SEEN, "0/0")):
            _alias.set(REPLICA)


def written_up_to() -> str:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_lsn()")
        return cursor.fetchone()[0]


def holds(seen: str) -> bool:
    """Whether the standby has everything up to `seen`, lags less than `REPLICA_LAG` seconds and is still being fed."""
    global _not_before
    if time.monotonic() < _not_before or not PLACE.fullmatch(seen):
        return False
    try:
        with connections[REPLICA].cursor() as cursor:
            cursor.execute(CAUGHT_UP, {"seen": seen, "lag": settings.REPLICA_LAG})
            return bool(cursor.fetchone()[0])
    except DatabaseError as error:
        log.warning("the standby does not answer, the primary is asked instead: %s", error)
        connections[REPLICA].close()
        _not_before = time.monotonic() + REST_AFTER_FAILURE
        return False
