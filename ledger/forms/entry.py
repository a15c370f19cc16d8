"""Forms of the journal: its filter, and an entry posted by hand."""

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField, RupiahFormField
from core.forms import Form
from ledger.chart import CHART
from ledger.forms.statement import DayFilter
from ledger.models import Entry, Unit
from ledger.services import Posting
from members.models import Member


class JournalFilter(django_filters.FilterSet):
    search = django_filters.CharFilter(method="matching", label=_("Search memo or reference"))
    unit = django_filters.ChoiceFilter(choices=Unit, label=_("unit"), empty_label=_("both units"))
    first = DayFilter("date", "gte", label=_("from"))
    last = DayFilter("date", "lte", label=_("until"))

    class Meta:
        model = Entry
        fields = []

    def matching(self, rows, name, value):
        return rows.filter(Q(memo__icontains=value) | Q(reference__icontains=value))


class EntryForm(Form):
    unit = forms.ChoiceField(label=_("Unit of the cooperative"), choices=Unit.choices)
    on = PastDayField(label=_("Date"))
    memo = forms.CharField(
        label=_("Memo"), max_length=200, help_text=_("What happened, such as: paper and ink for the office.")
    )


class LineForm(forms.Form):
    """One line of an entry: nothing at all, or an account with an amount on one side."""

    code = forms.ChoiceField(label=_("Account"), required=False)
    member = forms.IntegerField(
        label=_("Member number"), required=False, min_value=1, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    debit = RupiahFormField(label=_("Debit"), required=False)
    credit = RupiahFormField(label=_("Credit"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [("", "–"), *((a.code, f"{a.code} {_(a.name)}") for a in CHART)]

    def clean_member(self):
        number = self.cleaned_data["member"]
        if number is None:
            return None
        try:
            return Member.objects.get(number=number)
        except Member.DoesNotExist:
            raise forms.ValidationError(_("No member has this number.")) from None

    def clean(self):
        found = super().clean()
        sides = bool(found.get("debit")) + bool(found.get("credit"))
        if found.get("code") and not sides and not self.errors:
            self.add_error("debit", _("Write the amount, as debit or as credit."))
        if sides and not found.get("code") and "code" not in self.errors:
            self.add_error("code", _("Choose the account."))
        if sides == 2:
            self.add_error("credit", _("One line has debit or credit, not both."))
        return found

    @property
    def posting(self) -> Posting | None:
        line = self.cleaned_data
        if not line.get("code"):
            return None
        return Posting(line["code"], line["debit"] or 0, line["credit"] or 0, line["member"] and line["member"].pk)


class LineForms(forms.BaseFormSet):
    """The lines of an entry, with the sums of what is typed so far."""

    @property
    def postings(self) -> list[Posting]:
        return [form.posting for form in self.forms if form.posting]

    @property
    def debit(self) -> int:
        return self._sum("debit")

    @property
    def credit(self) -> int:
        return self._sum("credit")

    @property
    def difference(self) -> int:
        return abs(self.debit - self.credit)

    def _sum(self, side):
        return sum(getattr(form, "cleaned_data", {}).get(side) or 0 for form in self.forms) if self.is_bound else 0


LineFormSet = forms.formset_factory(LineForm, formset=LineForms, extra=6, max_num=40, absolute_max=40)
