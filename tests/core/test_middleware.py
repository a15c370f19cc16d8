"""What every response carries: language, security headers, one line in the log without personal data."""

import logging
import re

import pytest
from django.db.utils import OperationalError
from django.urls import reverse

PAGES = ["/", "/login/", "/health/", "/no-such-page/", "/static/css/base.css"]


def test_page_is_indonesian_whatever_the_browser_wishes(client):
    response = client.get("/login/", headers={"Accept-Language": "en"})
    assert response["Content-Language"] == "id"
    assert '<html lang="id"' in response.text


def test_switcher_brings_english_and_indonesian_back(client):
    assert client.get(reverse("language")).status_code == 302
    client.post(reverse("language"), {"language": "en", "next": "/login/"})
    assert '<html lang="en"' in client.get("/login/").text
    client.post(reverse("language"), {"language": "id"})
    assert '<html lang="id"' in client.get("/login/").text


def test_language_that_is_not_spoken_here_is_indonesian(client):
    client.cookies["django_language"] = "xx"
    assert client.get("/login/")["Content-Language"] == "id"


@pytest.mark.parametrize("path", PAGES)
def test_security_headers_are_on_every_response(client, db, path):
    response = client.get(path)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    if not path.startswith("/static/"):
        assert response["X-Frame-Options"] == "DENY"
    response.close()


@pytest.mark.parametrize("path", PAGES[:-1])
def test_content_security_policy_allows_our_own_files_only(client, db, path):
    policy = dict(part.strip().split(" ", 1) for part in client.get(path)["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(client, treasurer):
    client.post("/login/", {"username": "treasurer", "password": "rahasia-sekali"})
    session = client.cookies["sessionid"]
    assert (session["httponly"], session["samesite"]) == (True, "Lax")


@pytest.fixture
def log(caplog):
    caplog.set_level(logging.INFO, logger="kokkmas.request")
    return lambda: [record.getMessage() for record in caplog.records if record.name == "kokkmas.request"]


def test_log_line_has_route_status_time_and_role_but_nobody_in_it(client, treasurer, log):
    client.post("/login/", {"username": "treasurer", "password": "rahasia-sekali"})
    client.get("/members/", {"q": "Siti Aminah"})
    client.get(f"/inbox/{treasurer.pk}/open/")
    lines = log()
    assert [re.sub(r"\d+ms", "1ms", line) for line in lines] == [
        "POST /login/ 302 1ms treasurer",
        "GET /members/ 200 1ms treasurer",
        "GET /inbox/<int:pk>/open/ 405 1ms treasurer",
    ]


def test_log_line_of_a_page_that_does_not_exist_does_not_repeat_it(client, log):
    client.get("/members/3404010101700001/")
    client.get("/siti-aminah/")
    assert [re.sub(r"\d+ms", "1ms", line) for line in log()][-1] == "GET /- 404 1ms -"
    assert not any("siti" in line or "3404" in line for line in log())


def test_static_files_are_not_logged(client, db, log):
    client.get("/static/css/base.css").close()
    assert log() == []


def test_log_line_is_written_when_the_database_is_away(client, treasurer, monkeypatch, log):
    client.force_login(treasurer)

    def away(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", away)
    client.raise_request_exception = False
    assert client.get("/").status_code == 503
    assert log()[-1].endswith(" ?")
