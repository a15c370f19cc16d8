"""Fields for people and businesses: names, NIK, telephone, neighbourhood, birth."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from core import dates
from core.fields import DayField
from members import nik


class NameField(forms.CharField):
    """A name of people or businesses: one line with at least one letter, single blanks between words."""

    def __init__(self, *, max_length=120, **kwargs):
        super().__init__(max_length=max_length, **kwargs)

    def clean(self, value):
        text = " ".join(super().clean(value).split())
        if text and not re.search(r"[^\W\d_]", text):
            raise ValidationError(_("Write a name with at least one letter."), code="no_letter")
        return text


class NikField(forms.CharField):
    """The 16 digits of the identity card; blanks, dots and dashes between them are taken away."""

    def __init__(self, **kwargs):
        super().__init__(label=_("NIK"), max_length=30, **kwargs)
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        digits = re.sub(r"[\s.-]", "", text)
        if not re.fullmatch(r"[0-9]+", digits):
            raise ValidationError(_("A NIK has digits only, as on the identity card."), code="invalid")
        if len(digits) != 16:
            sentence = gettext("A NIK has 16 digits; these are {count}.").format(count=len(digits))
            raise ValidationError(sentence, code="invalid")
        try:
            return nik.read(digits)
        except nik.NotANik:
            raise ValidationError(
                _("Digits 7 to 12 of a NIK are a birth date (day, month, year); here they are none. Look at the card."),
                code="invalid",
            ) from None


class PhoneField(PhoneNumberField):
    """A telephone number as people write it, kept as +62…; landlines such as 0274 512345 are welcome."""

    default_error_messages = {
        "invalid": _("This is not a telephone number. Write it like 0812 3456 7890, 0274 512345 or +62 812 3456 7890.")
    }

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Telephone"))
        kwargs.setdefault("help_text", _("Mobile or landline, such as 0812 3456 7890 or 0274 512345."))
        super().__init__(region="ID", **kwargs)
        self.error_messages["invalid"] = self.default_error_messages["invalid"]
        self.widget.input_type = "tel"


class NeighbourhoodField(forms.CharField):
    """RT or RW: up to three digits, kept as three (`54` becomes `054`)."""

    def __init__(self, **kwargs):
        super().__init__(max_length=3, **kwargs)
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return ""
        if not re.fullmatch(r"[0-9]{1,3}", text) or int(text) == 0:
            raise ValidationError(_("Write the number only, such as 54 or 054."), code="invalid")
        return text.zfill(3)


YOUNGEST, OLDEST = 17, 120  # years; an identity card is given at 17


class BirthField(DayField):
    """A birth date of somebody old enough to join, and young enough to be alive."""

    def clean(self, value):
        day = super().clean(value)
        today = dates.today()
        if day and day >= today:
            raise ValidationError(_("A birth date lies in the past. Look at the year."), code="future")
        if day and day < dates.add_months(today, -12 * OLDEST):
            raise ValidationError(_("This is more than 120 years ago. Look at the year."), code="too_old")
        if day and day > dates.add_months(today, -12 * YOUNGEST):
            raise ValidationError(_("Members are at least 17 years old. Look at the year."), code="too_young")
        return day


class HeadsField(forms.IntegerField):
    """A number of people."""

    def __init__(self, **kwargs):
        super().__init__(
            min_value=0,
            max_value=999,
            error_messages={
                "invalid": _("Write a whole number of people, such as 3."),
                "min_value": _("A number of people is not negative."),
                "max_value": _("More than 999 people? Look at the number."),
            },
            **kwargs,
        )
