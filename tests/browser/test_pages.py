"""Every page whose address takes no argument, for every role that may open it, on a phone and on a laptop."""

import re

import pytest
from django.urls import reverse

from core.permissions import GRANTED, Role
from tests.addresses import addresses
from tests.browser.conftest import LAPTOP, PHONE, fits, violations

NOT_PAGES = {"login", "logout", "theme", "language", "notice-open", "health"}


PAGES = [(name, view.permission) for name, view, arguments in addresses() if not arguments and name not in NOT_PAGES]
DOWNLOAD = re.compile(r"export|pdf|paper|\.xlsx|/register/")
EXAMINERS = (Role.TREASURER, Role.CHAIR, Role.SECRETARY, Role.MEMBER, Role.SUPERVISOR, Role.MAINTAINER)


def examined_by(role):
    """Axe takes its time, so one role examines a page for all; home is another page for everybody."""
    for name, permission in PAGES:
        allowed = [one for one in EXAMINERS if permission is None or permission in GRANTED[one]]
        if role == allowed[0] or (role in allowed and name == "home"):
            yield reverse(name)


def faults(page, path):
    """What is wrong with the page at `path`, by day on a phone and by night on a laptop, whose colours are others.

    A page about nothing (no draft, say) may be 404.
    """
    look(page, PHONE, "light")
    response = page.goto(path)
    yield from [] if response.ok or response.status == 404 else [f"{path}: {response.status}"]
    yield from [] if page.locator("h1").count() == 1 else [f"{path}: one h1, please"]
    yield from [] if fits(page) else [f"{path}: wider than a phone"]
    yield from violations(page)
    look(page, LAPTOP, "dark")
    yield from [] if fits(page) else [f"{path}: wider than a laptop"]
    yield from violations(page, rules=["color-contrast"])


def look(page, size, colours):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=colours)


@pytest.mark.parametrize("role", EXAMINERS)
def test_pages_fit_and_are_accessible_by_day_and_by_night(login_as, books, role):
    page = login_as(role)
    wrong = [fault for path in examined_by(role) if not DOWNLOAD.search(path) for fault in faults(page, path)]
    assert not wrong, "\n".join(wrong)
