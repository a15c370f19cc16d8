"""The map of the house: every page opens for the roles that may, and for nobody else (docs/permissions.md)."""

import pytest
from django.conf import settings
from django.urls import reverse

from core.models import User
from core.permissions import GRANTED, Permission, Role
from tests import builders
from tests.addresses import addresses


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("role", Role.values)
def test_page_opens_for_its_roles_only(client, books, role):
    user = User.objects.filter(role=role).first() or builders.a_user(role)
    wrong = {}
    for name, view, arguments in addresses():
        if arguments:
            continue
        client.force_login(user)  # the logout page is one of them
        status = client.get(reverse(name)).status_code
        may = view.permission is None or view.permission in GRANTED[role]
        if (status == 403) == may or status >= 500:
            wrong[name] = status
    assert wrong == {}


SAMPLES = {"pk": 0, "unit": "usp", "year": 2026, "direction": "in"}


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("role", Role.values)
def test_page_of_an_object_is_closed_to_other_roles_before_it_is_looked_up(client, books, role):
    """Read and sent: without the permission the answer is 403, whether the object is there or not."""
    user = User.objects.filter(role=role).first() or builders.a_user(role)
    client.force_login(user)
    wrong, asked = {}, 0
    for name, view, arguments in addresses():
        if not arguments or view.permission is None or view.permission in GRANTED[role]:
            continue
        where = reverse(name, kwargs={argument: SAMPLES.get(argument, 0) for argument in arguments})
        asked += 1
        for method in (client.get, client.post):
            status = method(where).status_code
            if status not in (403, 405):
                wrong[f"{method.__name__} {name}"] = status
    assert wrong == {}
    assert asked > 30, "hardly any address was tried"


def matrix():
    """Who may do what, as docs/permissions.md shows it."""
    lines = ["| permission | what for | " + " | ".join(Role.values) + " |", "|---|---|" + "---|" * len(Role.values)]
    for permission in Permission:
        marks = ("●" if permission in GRANTED[role] else "" for role in Role.values)
        lines.append(f"| `{permission.name}` | {permission.value} | " + " | ".join(marks) + " |")
    return "\n".join(lines)


def test_document_shows_who_may_do_what():
    text = (settings.BASE_DIR / "docs/permissions.md").read_text(encoding="utf-8")
    assert matrix() in text, f"docs/permissions.md needs this table:\n\n{matrix()}"
