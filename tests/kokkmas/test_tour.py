"""A walk through the demo cooperative: what a page links to opens, and looking at it changes nothing.

That a GET only reads is held by `tests.reading` for every page that the suite opens, in whatever state a test brings
about; here it sees the pages that each role can come to from home.
"""

import datetime
import re
from collections import Counter, deque
from html import unescape

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import resolve

from core.models import User
from core.permissions import Role
from tests import builders

UNTIL = datetime.date(2026, 11, 24)
LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"#]*)')
EACH = 2
"""How many addresses of one view each role opens: two loans stand for all loans."""


def walk(client: Client):
    """Address, name of the view and answer of everything that can be reached from home."""
    ahead, seen, opened = deque(["/"]), {"/"}, Counter()
    while ahead:
        address = ahead.popleft()
        name = resolve(address.partition("?")[0]).view_name
        if opened[name] == EACH:
            continue
        opened[name] += 1
        response = client.get(address)
        yield address, name, response
        if response["Content-Type"].startswith("text/html"):
            found = [unescape(link) for link in LINK.findall(response.text)]
            new = [link for link in dict.fromkeys(found) if link not in seen and not link.startswith("/static/")]
            seen.update(new)
            ahead.extend(new)


@pytest.mark.slow
@pytest.mark.django_db
def test_every_link_opens_and_only_reads():
    call_command("seed_demo", until=UNTIL, verbosity=0, months=3, members=8)
    wrong, reached = [], set()
    for role in Role.values:
        client = Client()
        client.force_login(User.objects.filter(role=role).first() or builders.a_user(role))
        for address, name, response in walk(client):
            reached.add(name)
            if response.status_code not in (200, 302):
                wrong.append(f"{role} {address}: {response.status_code}")
    assert wrong == []
    assert len(reached) > 200, "the walk comes to far fewer pages than it did"
