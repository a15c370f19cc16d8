"""One submission is carried out once, and a refusal is a sentence on the form that keeps what was typed."""

import threading
import uuid

import pytest
from django import forms
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from core.errors import Refused
from core.forms import Form
from core.http import submit
from core.models import SpentToken, User
from core.permissions import Role
from core.services import create_user


class NameForm(Form):
    username = forms.CharField()


def a_form(token=None, username="siti"):
    form = NameForm({"token": token or uuid.uuid4(), "username": username})
    assert form.is_valid()
    return form


def carry_out(*, username):
    return create_user(username=username, name=username, role=Role.MEMBER, password="rahasia-sekali")


def refuse(*, username):
    carry_out(username=username)
    raise Refused("Tidak boleh.", field="username")


def test_every_form_carries_another_token():
    assert NameForm()["token"].initial != NameForm()["token"].initial
    assert 'type="hidden"' in str(NameForm()["token"])


def test_form_without_its_token_is_not_valid():
    assert not NameForm({"username": "siti"}).is_valid()
    assert not NameForm({"username": "siti", "token": "nonsense"}).is_valid()


def test_facts_are_what_was_typed_without_the_token():
    assert a_form().facts == {"username": "siti"}


def test_submission_is_carried_out_and_its_result_returned(db):
    form = a_form()
    assert submit(form, carry_out, **form.facts).username == "siti"


def test_second_submission_of_the_same_form_is_refused_and_keeps_what_was_typed(db):
    token = uuid.uuid4()
    submit(a_form(token), carry_out, username="siti")
    again = a_form(token, username="sari")
    with translation.override("en"):
        assert submit(again, carry_out, username="sari") is None
    assert again.non_field_errors() == [
        "This form was already sent and carried out. Check the history before you send it again."
    ]
    assert 'value="sari"' in str(again["username"])
    assert str(token) not in str(again["token"])
    assert User.objects.count() == 1


def test_refusal_writes_nothing_and_leaves_the_token_for_the_next_try(db):
    token = uuid.uuid4()
    form = a_form(token)
    assert submit(form, refuse, **form.facts) is None
    assert form.errors == {"username": ["Tidak boleh."]}
    assert (User.objects.count(), SpentToken.objects.count()) == (0, 0)
    assert submit(a_form(token), carry_out, username="siti") is not None


def test_refusal_of_a_field_the_form_does_not_have_stands_above_it(db):
    def refuse_elsewhere():
        raise Refused("Tidak boleh.", field="amount")

    form = a_form()
    submit(form, refuse_elsewhere)
    assert form.non_field_errors() == ["Tidak boleh."]


def test_bug_is_no_refusal(db):
    with pytest.raises(ZeroDivisionError):
        submit(a_form(), lambda: 1 / 0)


@pytest.mark.django_db(transaction=True)
def test_double_tap_is_carried_out_once():
    token, results = uuid.uuid4(), []
    start = threading.Barrier(2)

    def tap(username):
        try:
            start.wait()
            results.append(submit(a_form(token, username), carry_out, username=username))
        finally:
            connection.close()

    taps = [threading.Thread(target=tap, args=[username]) for username in ("siti", "sari")]
    for one in taps:
        one.start()
    for one in taps:
        one.join()
    assert User.objects.count() == 1
    assert [result is None for result in results].count(True) == 1


def test_token_is_unique_in_the_database(db):
    form = a_form()
    form.spend_token()
    with pytest.raises(IntegrityError), transaction.atomic():
        SpentToken.objects.create(token=form.cleaned_data["token"], spent_at=SpentToken.objects.get().spent_at)
