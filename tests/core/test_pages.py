"""One form, one confirmation: the page that most services share (core.pages)."""

import pytest
from django.contrib import messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.test import RequestFactory

from core.errors import Refused
from core.forms import ConfirmationForm, ReasonForm
from core.pages import FormPage, crumbs, form_page

PAGE = FormPage(
    title="Turn it down",
    action="Turn down",
    crumbs=[("Home", "/"), ("Loan 7", "/loans/7/")],
    lead="Say why.",
    amount=118_000,
    facts=[("Borrower", "Sri")],
    consequences=["The borrower reads it."],
    instead=("Approve it", "/loans/7/approve/"),
    danger=True,
)


@pytest.fixture
def send(treasurer, db):
    """`send(service, **typed)`: the page after a POST, or as it opens where nothing is typed."""

    def send(service=lambda **facts: None, form=ReasonForm, **typed):
        data = typed and {**typed, "token": form()["token"].value()}
        request = RequestFactory().post("/", data) if data else RequestFactory().get("/")
        request.user, request.session = treasurer, {}
        request._messages = FallbackStorage(request)
        request.resolver_match = request.htmx = None
        request.sent = form(request.POST or None)
        response = form_page(
            request, request.sent, service, page=PAGE, done=lambda row: f"Row {row} is down.", to=lambda row: f"/{row}/"
        )
        response.said = [str(each) for each in messages.get_messages(request)]
        return response

    return send


def test_page_says_what_will_happen_and_where_cancel_leads(send):
    page = send().content.decode()
    for words in ("<h1>Turn it down</h1>", "Say why.", "Rp\xa0118.000", "<dt>Borrower</dt><dd>Sri</dd>"):
        assert words in page
    assert '<button class="button danger">Turn down</button>' in page
    assert '<a class="button quiet" href="/loans/7/approve/">Approve it</a>' in page
    assert '<a class="button quiet" href="/loans/7/">' in page
    assert '<li><a href="/loans/7/">Loan 7</a></li><li>Turn it down</li>' in page


def test_service_gets_what_was_typed_once_and_the_page_goes_on(send):
    carried = []

    def service(*, reason):
        carried.append(reason)
        return 12

    response = send(service, reason="Too much")
    assert (response.status_code, response.url, response.said) == (302, "/12/", ["Row 12 is down."])
    assert carried == ["Too much"]


def test_refusal_stands_on_the_form_and_keeps_what_was_typed(send):
    def service(*, reason):
        raise Refused("The loan is gone.", field="reason")

    response = send(service, reason="Too much")
    page = response.content.decode()
    assert response.status_code == 200
    assert "The loan is gone." in page
    assert 'value="Too much"' in page
    assert response.said == []


def test_same_form_twice_is_carried_out_once(send, client, treasurer):
    treasurer.email = "t@example.com"
    treasurer.save()
    client.force_login(treasurer)
    token = ConfirmationForm()["token"].value()
    first = client.post("/account/email/remove/", {"token": token})
    assert first.status_code == 302
    second = client.post("/account/email/remove/", {"token": token})
    assert second.status_code == 200
    assert "sudah" in second.content.decode()


def test_crumbs_start_at_home_and_reverse_what_they_name():
    found = crumbs(("Account", "account"), ("Member 7", "members:detail", 7))
    assert found[1:] == [("Account", "/account/"), ("Member 7", "/members/7/")]
    assert found[0][1] == "/"
