"""Which time and whom the fairness page looks at."""

from django import forms
from django.utils.translation import gettext_lazy as _

MONTHS = [(3, _("3 months")), (12, _("12 months")), (24, _("2 years"))]


class FairnessFilter(forms.Form):
    months = forms.TypedChoiceField(label=_("Time"), choices=MONTHS, coerce=int, initial=12, required=False)
    search = forms.CharField(label=_("Search"), required=False, max_length=60)

    @property
    def facts(self) -> tuple[int, str]:
        """Months back and what is searched; twelve and everybody where nothing good was typed."""
        data = self.cleaned_data if self.is_valid() else {}
        return data.get("months") or 12, data.get("search", "")
