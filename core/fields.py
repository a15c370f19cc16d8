"""Model and form fields that every book uses: rupiah, days, quantities."""

import re
from decimal import Decimal

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core import dates
from core.money import (
    LIMIT,
    format_number,
    format_percent,
    format_quantity,
    parse_percent,
    parse_rupiah,
    percent_digits,
)


class RupiahInput(forms.TextInput):
    """A text input with a number pad that shows what it holds as `1.500.000`."""

    template_name = "parts/widgets/rupiah.html"

    def format_value(self, value):
        return format_number(value) if isinstance(value, int) else value


class NumberFormField(forms.Field):
    """A number that people type in their own way, in a text input with a number pad."""

    widget = forms.TextInput

    def widget_attrs(self, widget):
        return {"inputmode": "decimal", "autocomplete": "off"}

    def has_changed(self, initial, data):
        try:
            return super().has_changed(initial, self.to_python(data))
        except ValidationError:
            return True


class RupiahFormField(NumberFormField):
    """Whole rupiah as people type them. `minimum` is 1 unless a zero makes sense."""

    widget = RupiahInput

    def __init__(self, *, minimum=1, **kwargs):
        self.minimum = minimum
        super().__init__(**kwargs)

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, int):
            return value
        try:
            amount = parse_rupiah(value)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error
        if amount < self.minimum:
            raise ValidationError(_("The amount must be more than zero."), code="too_small")
        return amount

    def widget_attrs(self, widget):
        return {"inputmode": "numeric", "autocomplete": "off", "data-amount": ""}


class RupiahField(models.BigIntegerField):
    """Whole rupiah in a `bigint`."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.validators.append(MaxValueValidator(LIMIT))

    def formfield(self, **kwargs):
        return RupiahFormField(label=self.verbose_name, required=not self.blank, help_text=self.help_text)


class RateFormField(NumberFormField):
    """A percentage as people type it: `1,5`. It gives hundredths of a percent."""

    def __init__(self, **kwargs):
        kwargs["help_text"] = kwargs.get("help_text") or _("In percent, such as 1,5.")
        super().__init__(**kwargs)

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            return parse_percent(value)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def prepare_value(self, value):
        return percent_digits(value) if isinstance(value, int) else value


class RateField(models.PositiveIntegerField):
    """A percentage, stored in hundredths of a percent (basis points), shown and typed as `1,5 %`."""

    def show(self, value: int) -> str:
        return format_percent(value)

    def formfield(self, **kwargs):
        facts = {"label": capfirst(self.verbose_name), "required": not self.blank, "help_text": self.help_text}
        if self.has_default():
            facts["initial"] = self.get_default()
        return RateFormField(**facts)


class QuantityField(NumberFormField):
    """A quantity as people write it: `80`, `1.200`, `22,5`; a dot elsewhere than between thousands is refused."""

    def __init__(self, *, minimum=Decimal("0.001"), **kwargs):
        self.minimum = minimum
        super().__init__(**kwargs)

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, Decimal):
            return value
        typed = value.replace(" ", "")
        if not re.fullmatch(r"-?(\d{1,3}(\.\d{3})+|\d+)(,\d{1,3})?", typed):
            raise ValidationError(_("Write the quantity in digits, such as 80 or 22,5."), code="invalid")
        quantity = Decimal(typed.replace(".", "").replace(",", "."))
        if quantity < self.minimum:
            raise ValidationError(
                _("The quantity must be more than zero.") if self.minimum else _("The quantity cannot be negative."),
                code="too_small",
            )
        if quantity >= 10**9:
            raise ValidationError(_("The quantity is too large; please check the zeros."), code="too_large")
        return quantity

    def prepare_value(self, value):
        return format_quantity(value) if isinstance(value, Decimal) else value


def measured(label, **kwargs) -> models.DecimalField:
    """A quantity as tables keep it: thousandths of the item's own unit."""
    return models.DecimalField(label, max_digits=12, decimal_places=3, **kwargs)


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A business date: from the calendar of the browser, or typed as 31/12/2026."""

    widget = DateInput

    def __init__(self, **kwargs):
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"])
        super().__init__(**kwargs)

    def to_python(self, value):
        day = super().to_python(value)
        if day and not 1900 <= day.year <= 2200:
            raise ValidationError(_("Please check the year."), code="year")
        return day


class PastDayField(DayField):
    """A day that has come: today is the last one accepted, and offered when nothing is typed."""

    def __init__(self, **kwargs):
        kwargs.setdefault("initial", dates.today)
        super().__init__(**kwargs)

    def clean(self, value):
        day = super().clean(value)
        if day and day > dates.today():
            raise ValidationError(_("This date lies in the future. Use today or an earlier day."), code="future")
        return day


def who(related_name="+", **options) -> models.ForeignKey:
    """The login of the person who did something; it is never deleted while a record names it."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name=related_name, **options)
