"""Every page whose address takes no argument, for every role that may open it, on a phone and on a laptop."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from core.permissions import GRANTED, Role
from tests.browser.conftest import LAPTOP, PHONE, fits, violations

NOT_PAGES = {"login", "logout", "theme", "language", "notice-open", "health"}


def addresses(patterns=None, namespace=""):
    """Name and view of every URL without an argument."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and not pattern.pattern.converters:
            yield namespace + pattern.name, pattern.callback


PAGES = [(name, view.permission) for name, view in addresses() if name not in NOT_PAGES]


EXAMINERS = (Role.TREASURER, Role.CHAIR, Role.SECRETARY, Role.MEMBER, Role.SUPERVISOR, Role.MAINTAINER)


def permitted(permission, role):
    return permission is None or permission in GRANTED[role]


def examiner(name, permission):
    """Axe takes its time, so one role examines a page for all; home is another page for everybody."""
    return None if name == "home" else next(role for role in EXAMINERS if permitted(permission, role))


def faults(page, path, *, thorough):
    """What is wrong with the page at `path` in this window; a download is none of a page's business."""
    response = page.request.get(path, max_redirects=0)
    if "text/html" not in response.headers.get("content-type", "") or response.status in (301, 302, 405):
        return [f"{path}: {response.status}"] if response.status >= 500 else []
    page.goto(path)
    found = [] if response.ok else [f"{path}: {response.status}"]
    found += [] if fits(page) else [f"{path} at {page.viewport_size['width']}: wider than the window"]
    found += [] if page.locator("h1").count() == 1 else [f"{path}: one h1, please"]
    return found + (violations(page) if thorough else [])


@pytest.mark.parametrize("role", Role.values)
def test_every_page_fits_and_is_accessible(login_as, role):
    page = login_as(role, size=LAPTOP, dark=role in (Role.CHAIR, Role.MEMBER))
    wrong = []
    for name, permission in PAGES:
        if permitted(permission, role):
            mine = examiner(name, permission) in (None, role)
            for width, height in (PHONE, LAPTOP) if mine else (PHONE,):
                page.set_viewport_size({"width": width, "height": height})
                wrong += faults(page, reverse(name), thorough=mine)
    assert wrong == []
