"""A real Chromium on a real server. Without a browser these tests are skipped loudly, in CI they fail."""

import os
import shutil
from collections import defaultdict
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import resolve
from django.utils import timezone
from playwright.sync_api import sync_playwright

from core.models import User
from core.permissions import Role
from tests import builders

PHONE, LAPTOP = (360, 780), (1280, 800)
PASSWORD = "rahasia-sekali"  # what tests.builders.a_user sets
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage"
).split()


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session", autouse=True)
def async_unsafe():
    """Playwright runs an event loop in this thread, in which Django would refuse to touch the database."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def chromium():
    executable = next(filter(None, map(shutil.which, NAMES)), None)
    if executable is None:
        say = pytest.fail if os.environ.get("CI") else pytest.skip
        say("BROWSER TESTS NOT RUN: no Chromium found (apt install chromium-headless-shell)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, live_server):
    """`open_page(size=PHONE, dark=True, scripts=False)` is a fresh window that fails the test on any console error."""
    contexts, complaints = [], []

    def open_page(*, size=LAPTOP, dark=False, scripts=True):
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.extend(complaint(page, message)))
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        return page

    def complaint(page, message):
        is_answer = message.text.startswith("Failed to load resource") and message.location["url"] == page.url
        return [f"{page.url}: {message.text}"] if message.type == "error" and not is_answer else []

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(open_page):
    return open_page()


@pytest.fixture
def log_in(db, live_server):
    """`log_in(page, user)` puts a session into the window, without walking through the login page each time."""

    def log_in(page, user):
        client = Client()  # a new one, or this log-in would end the one before
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        return page

    return log_in


@pytest.fixture
def login_as(log_in, open_page):
    """`login_as(Role.TREASURER, size=PHONE)` opens a window in which that person is logged in."""

    def login_as(role, **window):
        user = User.objects.filter(role=role).first() or builders.a_user(Role(role))
        return log_in(open_page(**window), user)

    return login_as


@pytest.fixture
def visit(log_in, open_page):
    """`visit(user, "/loans/")` is the page as that person sees it; it fits the window and axe finds nothing wrong.

    Everybody keeps one window through the story, as people do.
    """
    windows = {}
    SEEN.clear()

    def visit(user, path):
        if user.pk not in windows:
            windows[user.pk] = log_in(open_page(size=PHONE if user.role == "member" else LAPTOP), user)
        page = windows[user.pk]
        page.goto(path)
        examine(page)
        return page

    return visit


@pytest.fixture
def it_is(monkeypatch):
    """`it_is(day)` lets the server think it is that day: a story of weeks is walked in seconds."""
    real = timezone.localdate

    def it_is(day):
        monkeypatch.setattr(timezone, "localdate", lambda value=None, *zone: real(value, *zone) if value else day)

    return it_is


def violations(page, *, rules=()) -> list[str]:
    """What axe finds wrong, one line each; an accessible page gives an empty list. `rules` asks for a few only."""
    options = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
    if not page.evaluate("typeof axe === 'object'"):  # a page that is looked at twice has it already
        page.evaluate(Axe().axe_script)
    return [
        f"{page.url} {found['id']}: {node['target']} {node['failureSummary']}"
        for found in page.evaluate("options => axe.run(options)", options)["violations"]
        for node in found["nodes"]
    ]


def axe_clean(page) -> None:
    assert violations(page) == []


def fits(page) -> bool:
    """Whether nothing sticks out of the window sideways."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


SEEN = defaultdict(set)
"""The kinds of parts axe has seen in this story, per page and width."""

KINDS = """() => [...new Set([...document.querySelectorAll("body *")].map(
    part => [part.tagName, part.getAttribute("class"), part.getAttribute("role"), part.getAttribute("type")].join(" ")
))]"""


def examine(page):
    """The page fits, and axe finds nothing wrong. Axe takes a second or two, so it looks where there is something new:

    at another page, at another width, or at a part of a kind that this page did not show before.
    """
    assert fits(page)
    seen = SEEN[resolve(urlsplit(page.url).path).view_name, page.viewport_size["width"]]
    kinds = set(page.evaluate(KINDS))
    if not kinds <= seen:
        axe_clean(page)
        seen |= kinds


def send(page, **values):
    """Type into the form of the page and press its one brown button; the page that follows is examined too."""
    for name, value in values.items():
        field = page.locator(f"main [name={name}]")
        if field.first.evaluate("element => element.tagName") == "SELECT":
            field.select_option(str(value))
        elif field.first.get_attribute("type") == "radio":
            page.locator(f"main [name={name}][value={value}]").check(force=True)
        else:
            field.fill(str(value))
    with page.expect_navigation():
        page.locator("main form .button.primary").first.click()
    examine(page)


def screenshot(page, name) -> None:
    """For people: out/<name>.png in the checkout, ignored by git."""
    page.screenshot(path=settings.BASE_DIR / "out" / f"{name}.png", full_page=True)
