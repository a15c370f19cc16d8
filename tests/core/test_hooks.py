import math

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from core import hooks

TWO = {"colour.b": "math.sqrt", "colour.a": "math.floor"}


@pytest.fixture
def fresh():
    """What is registered is read once; a test that changes it reads it anew, and so does whoever comes after."""
    hooks.registered.cache_clear()
    yield
    hooks.registered.cache_clear()


def test_answers_are_the_functions_of_one_question_by_key(fresh, monkeypatch):
    monkeypatch.setattr(
        apps.get_app_config("core"), "hooks", {"colour.b": "math.sqrt", "colour.a": "math.floor"}, False
    )
    monkeypatch.setattr(apps.get_app_config("ledger"), "hooks", {"colours.c": "math.ceil"}, False)
    assert hooks.answers("colour") == {"a": math.floor, "b": math.sqrt}
    assert list(hooks.answers("colour")) == ["a", "b"]
    assert hooks.answer("colour", "b")(16) == 4


def test_nobody_answers_an_unknown_question():
    assert hooks.answers("nobody-asks-this") == {}
    assert hooks.answer("arrears", "nobody-knows-this") is None


def test_two_rooms_cannot_answer_under_one_name(fresh, monkeypatch):
    monkeypatch.setattr(apps.get_app_config("core"), "hooks", {"colour.a": "math.floor"}, False)
    monkeypatch.setattr(apps.get_app_config("ledger"), "hooks", {"colour.a": "math.ceil"}, False)
    with pytest.raises(ImproperlyConfigured, match=r"colour\.a"):
        hooks.registered()
