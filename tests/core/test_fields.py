import datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from core import dates, fields
from core.fields import DayField, PastDayField, RupiahField, RupiahFormField


@pytest.fixture(autouse=True)
def on_the_twelfth(monkeypatch):
    monkeypatch.setattr(dates, "today", lambda: datetime.date(2026, 11, 12))


def sentence(field, value):
    """What the field says in English; the Indonesian is the catalogue's, which has a test of its own."""
    with translation.override("en"):
        with pytest.raises(ValidationError) as refused:
            field.clean(value)
        (said,) = refused.value.messages
        return said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "This field is required."),
        ("0", "The amount must be more than zero."),
        ("-1", "The amount cannot be negative."),
        ("1,5", "Write whole rupiah, without a decimal part, such as 1.500.000."),
        ("seribu", "Write the amount in digits only, such as 1.500.000."),
        ("1.00", "Write whole rupiah, without a decimal part, such as 1.500.000."),
        ("10.00.000", "The dots belong between thousands, as in 1.500.000."),
        ("1.000.000.000.000.000", "The amount is larger than Rp 999 trillion; please check the zeros."),
    ],
)
def test_rupiah_that_is_wrong_has_its_own_sentence(typed, said):
    assert sentence(RupiahFormField(), typed) == said


def test_rupiah_may_be_zero_or_empty_where_that_makes_sense():
    assert RupiahFormField(minimum=0).clean("0") == 0
    assert RupiahFormField(required=False).clean("") is None


def test_rupiah_is_shown_as_it_is_spoken_and_kept_as_it_was_typed():
    class Amount(forms.Form):
        amount = RupiahFormField(initial=1_500_000)

    assert 'value="1.500.000"' in str(Amount()["amount"])
    assert 'inputmode="numeric"' in str(Amount()["amount"])
    assert 'value="1,5 juta"' in str(Amount({"amount": "1,5 juta"})["amount"])


def test_rupiah_has_not_changed_when_only_the_dots_have():
    field = RupiahFormField()
    assert not field.has_changed(1_500_000, "1.500.000")
    assert field.has_changed(1_500_000, "1.500.001")
    assert field.has_changed(1_500_000, "banyak")


def test_rupiah_of_a_model_is_asked_for_as_rupiah():
    assert isinstance(RupiahField("amount").formfield(), RupiahFormField)
    with pytest.raises(ValidationError):
        RupiahField().run_validators(999_000_000_000_001)


@pytest.mark.parametrize("typed", ["2026-11-12", "12/11/2026", "12-11-2026"])
def test_day_is_read_from_the_browser_and_from_the_hand(typed):
    assert DayField().clean(typed) == datetime.date(2026, 11, 12)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "This field is required."),
        ("kemarin", "Enter a valid date."),
        ("31/02/2026", "Enter a valid date."),
        ("0202-11-12", "Please check the year."),
        ("9999-12-31", "Please check the year."),
    ],
)
def test_day_that_is_none_has_its_own_sentence(typed, said):
    assert sentence(DayField(), typed) == said


def test_day_is_given_to_the_browser_in_its_own_format():
    class When(forms.Form):
        on = DayField(initial=datetime.date(2026, 11, 12))

    assert 'type="date"' in str(When()["on"])
    assert 'value="2026-11-12"' in str(When()["on"])


def test_past_day_takes_today_and_offers_it_but_not_tomorrow():
    field = PastDayField()
    assert field.clean("2026-11-12") == datetime.date(2026, 11, 12)
    assert sentence(field, "2026-11-13") == "This date lies in the future. Use today or an earlier day."
    assert fields.PastDayField().initial() == datetime.date(2026, 11, 12)
