"""A GET only reads. Every GET of every test runs in a transaction that PostgreSQL itself holds to reading."""

import re

from django.db import connection
from django.urls import Resolver404, resolve

TAKEN_AWAY = {"members:export", "members:register", "members:data", "loans:agreement-paper"}
"""Personal data leaves the house here, and the audit trail says who took it (UU 27/2022): one line, nothing else."""

LOCK = re.compile(r"\bpg_(?:try_)?advisory", re.IGNORECASE)


class LocksOnGet(AssertionError):
    """A page that is only looked at takes an advisory lock, so that others wait for whoever looks."""


def without_locks(execute, sql, params, many, context):
    if LOCK.search(sql):
        raise LocksOnGet(sql)
    return execute(sql, params, many, context)


class OnlyReads:
    """Middleware of the tests, nearest to the view: sessions and logins are written outside of it.

    INSERT, UPDATE, DELETE, nextval and SELECT FOR UPDATE fail in the view that issues them. The statements go past
    Django, so that tests which count queries count those of the page.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in ("GET", "HEAD") or _name(request) in TAKEN_AWAY:
            return self.get_response(request)
        try:
            connection.ensure_connection()
        except RuntimeError:  # from pytest-django: a test without a database writes nothing
            return self.get_response(request)
        _ = request.user.pk  # a session that has ended is deleted when it is asked who this is
        begin, end = IN_A_TRANSACTION if connection.in_atomic_block else ON_ITS_OWN
        connection.connection.execute(begin)
        try:
            with connection.execute_wrapper(without_locks):
                return self.get_response(request)
        finally:
            connection.connection.execute(end)


IN_A_TRANSACTION = (
    "SAVEPOINT only_reads; SET TRANSACTION READ ONLY",
    "ROLLBACK TO SAVEPOINT only_reads; RELEASE SAVEPOINT only_reads",
)
ON_ITS_OWN = ("SET default_transaction_read_only = on", "SET default_transaction_read_only = off")


def _name(request) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""
