"""Every way to fail has a page in Indonesian with a sentence and a way back."""

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db.utils import OperationalError
from django.test import Client
from django.utils import translation

from core import views
from core.notices import tell


def shown(response, status):
    assert response.status_code == status
    assert '<html lang="id"' in response.text
    assert 'href="/"' in response.text
    return response.text


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


def fail_with(monkeypatch, error):
    def broken(*args, **kwargs):
        raise error

    monkeypatch.setattr("core.views.page_of", broken)


def test_400_of_a_suspicious_request(client, treasurer, monkeypatch):
    client.force_login(treasurer)
    fail_with(monkeypatch, SuspiciousOperation("tampered"))
    shown(client.get("/inbox/"), 400)


def test_400_of_a_host_that_is_not_ours(client):
    shown(client.get("/login/", headers={"Host": "evil.example"}), 400)


def test_403_of_a_role_that_may_not(client, maintainer):
    client.force_login(maintainer)
    shown(client.get("/members/"), 403)


def test_403_of_a_form_without_its_csrf_token(treasurer):
    client = Client(enforce_csrf_checks=True)
    text = shown(client.post("/login/", {"username": "treasurer", "password": "rahasia-sekali"}), 403)
    with translation.override("id"):
        assert translation.gettext("This form has expired. Go back and send it again.") in text


def test_404_of_a_page_that_does_not_exist(client):
    shown(client.get("/no-such-page/"), 404)


def test_404_of_something_that_concerns_somebody_else(client, treasurer, chair):
    notice = tell(chair, "Untuk ketua saja.")
    client.force_login(treasurer)
    shown(client.post(f"/inbox/{notice.pk}/open/"), 404)


def test_500_of_a_bug_says_that_nothing_was_half_done(client, treasurer, monkeypatch):
    client.force_login(treasurer)
    fail_with(monkeypatch, ZeroDivisionError())
    assert "ZeroDivisionError" not in shown(client.get("/inbox/"), 500)


@pytest.mark.parametrize("method", ["get", "post"])
def test_503_while_the_database_is_away(client, treasurer, monkeypatch, method):
    """A page asks again by itself; what was sent is never sent again by itself."""
    client.force_login(treasurer)

    def away(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", away)
    answer = getattr(client, method)("/")
    assert answer["Retry-After"] == "10"
    assert ('http-equiv="refresh"' in shown(answer, 503)) == (method == "get")


def test_health_asks_the_database(client, db, monkeypatch):
    answer = client.get("/health/")
    assert (answer.status_code, answer.text, answer["Content-Type"]) == (200, "ok\n", "text/plain")
    assert "no-store" in answer["Cache-Control"]

    class Away:
        def cursor(self):
            raise OperationalError("connection refused")

    monkeypatch.setattr(views, "connection", Away())
    assert client.get("/health/").status_code == 503


def test_413_of_a_form_that_holds_too_much(client):
    text = shown(client.post("/login/", {"username": "x" * 4_000_000}), 413)
    assert "kirim" in text.lower()
    assert client.post("/login/", {f"box{n}": "1" for n in range(10_001)}).status_code == 413
    many = b"".join(b'--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n\r\n' for _ in range(200))
    shown(client.post("/login/", many + b"--b--\r\n", content_type="multipart/form-data; boundary=b"), 413)


def test_400_of_a_form_in_pieces(client):
    shown(client.post("/login/", b"--b\r\n", content_type="multipart/form-data"), 400)
