"""The shape of what people type about dues."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from activities.queries import span
from core.fields import PastDayField
from core.forms import Form
from core.money import format_rupiah


class DuesForm(Form):
    """How many of the open months are paid, each choice with its months and its amount."""

    months = forms.TypedChoiceField(label=_("Months"), coerce=int)
    on = PastDayField(label=_("Received on"))

    def __init__(self, *args, dues, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["months"].choices = [
            (
                count,
                ngettext("{count} month, {months}: {amount}", "{count} months, {months}: {amount}", count).format(
                    count=count, months=span(dues.months[:count]), amount=format_rupiah(dues.cost(count))
                ),
            )
            for count in range(1, len(dues.months) + 1)
        ]
