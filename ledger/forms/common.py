"""What the forms of every room that moves money share: an amount with a limit of reason.

A sum far above all that was booked of its kind is asked about before it goes through.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core import dates
from core.fields import RupiahFormField, RupiahInput
from core.money import format_rupiah
from ledger import queries

MONTHS = 24
TIMES = 10
"""More than ten times the largest of two years is more likely a zero too many than a sum that was meant."""


class AmountInput(RupiahInput):
    """The input, and below it the tick that says «yes, this sum» once the sum was asked about."""

    template_name = "parts/widgets/amount.html"
    sure = ""
    asked: int | None = None

    def value_from_datadict(self, data, files, name):
        self.sure = data.get(f"{name}_sure", "")
        return super().value_from_datadict(data, files, name)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        return context | {"asked": self.asked, "is_sure": self.sure == str(self.asked)}


class AmountField(RupiahFormField):
    """Rupiah that move. `of` is the pattern of the references of this kind in the journal, such as `visit:%`.

    More than ten times the largest of them in two years is refused with a question; the tick below the input, which
    holds the very sum, lets it through. Without any of its kind nothing is asked.
    """

    widget = AmountInput

    def __init__(self, *, of: str, **kwargs):
        self.of = of
        super().__init__(**kwargs)

    def clean(self, value):
        amount = super().clean(value)
        if not amount:
            return amount
        largest = queries.largest(self.of, since=dates.add_months(dates.today(), -MONTHS))
        if largest is None or amount <= TIMES * largest:
            return amount
        self.widget.asked = amount
        if self.widget.sure != str(amount):
            raise ValidationError(_question(amount, largest), code="unusual")
        return amount


def _question(amount: int, largest: int) -> str:
    said = {"amount": format_rupiah(amount), "largest": format_rupiah(largest)}
    meant = amount
    while meant > TIMES * largest and meant % 10 == 0:
        meant //= 10
    if meant > TIMES * largest:
        return _(
            "{amount} is more than ten times the largest of this kind in two years ({largest}). "
            "Correct it, or tick that it is right."
        ).format(**said)
    return _(
        "{amount} is more than ten times the largest of this kind in two years ({largest}). "
        "Did you mean {meant}? Correct it, or tick that it is right."
    ).format(meant=format_rupiah(meant), **said)
