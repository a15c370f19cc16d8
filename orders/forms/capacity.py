"""The shape of what people type about what a workshop makes."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from core import dates
from core.fields import DayField, QuantityField
from core.forms import Form
from pricing.steps import STEPS

DAYS, HOURS = 6, Decimal(8)
"""A working week, where nobody says otherwise."""


def _hands(label, **facts) -> QuantityField:
    return QuantityField(label=label, required=False, minimum=0, **facts)


class CapacityForm(Form):
    """One number is enough. Who wants to know more exactly writes down the hands at each step."""

    per_week = forms.IntegerField(
        label=_("Pairs or pieces a week, at most"),
        min_value=0,
        max_value=1_000_000,
        help_text=_("Of what goes quickest. 0 when the workshop is closed."),
    )
    from_on = DayField(label=_("From"), initial=dates.today)
    cutting = _hands(_("People who cut"))
    sewing = _hands(_("People who sew"))
    lasting = _hands(_("People who last"))
    finishing = _hands(
        _("People who finish"),
        help_text=_("0,5 for somebody who does two steps. 0 when nobody here can. Empty: it never holds you up."),
    )
    days_per_week = forms.IntegerField(
        label=_("Working days a week"), required=False, min_value=1, max_value=7, initial=DAYS
    )
    hours_per_day = QuantityField(label=_("Hours a day"), required=False, initial=HOURS)

    def clean_hours_per_day(self):
        hours = self.cleaned_data["hours_per_day"] or HOURS
        if hours > 24:
            raise forms.ValidationError(_("A day has 24 hours."))
        return hours

    def clean_days_per_week(self):
        return self.cleaned_data["days_per_week"] or DAYS

    @property
    def plain(self):
        return [self["per_week"], self["from_on"]]

    @property
    def exact(self):
        """The fields about hands, which the page folds away until something is written there."""
        return [self[name] for name in (*STEPS, "days_per_week", "hours_per_day")]

    @property
    def is_exact(self):
        return any(self[step].value() not in (None, "") or self[step].errors for step in STEPS)

    @property
    def facts(self):
        data = self.cleaned_data
        return {name: data[name] for name in ("per_week", "from_on", "days_per_week", "hours_per_day")} | {
            "hands": {step: data[step] for step in STEPS}
        }


class ClosureForm(Form):
    from_on = DayField(label=_("First day"))
    until_on = DayField(label=_("Last day"))
    reason = forms.CharField(label=_("Why"), max_length=80, help_text=_("Such as Lebaran, or a wedding."))
    everybody = forms.BooleanField(label=_("All workshops are closed"), required=False)

    def __init__(self, *args, for_all=False, **kwargs):
        super().__init__(*args, **kwargs)
        if not for_all:
            del self.fields["everybody"]


class EstimateForm(Form):
    """The workshop's own word how long a piece takes it; a step it does not need stays empty."""

    def __init__(self, *args, item, **kwargs):
        super().__init__(*args, **kwargs)
        for step, label in (
            ("cutting", _("Cutting, minutes for one")),
            ("sewing", _("Sewing, minutes for one")),
            ("lasting", _("Lasting, minutes for one")),
            ("finishing", _("Finishing, minutes for one")),
        ):
            self.fields[step] = forms.IntegerField(label=label, min_value=0, max_value=6_000, required=False)
        self.fields["finishing"].help_text = _("Empty where {item} does not need the step.").format(item=item)

    @property
    def facts(self):
        return {step: self.cleaned_data[step] or 0 for step in STEPS}
