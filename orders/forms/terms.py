"""Proposing and answering other terms."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahFormField
from core.forms import Form
from orders.forms.offer import TermsFields, terms_facts


class TermsForm(Form, TermsFields):
    maker_price = RupiahFormField(label=_("What the maker gets for one"))
    reason = forms.CharField(label=_("Why"), max_length=200)

    field_order = ["maker_price", *TermsFields.TERMS, "reason"]

    @property
    def facts(self):
        data = self.cleaned_data
        return {"maker_price": data["maker_price"], "reason": data["reason"], **terms_facts(data)}


class AnswerForm(Form):
    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("agree", _("I agree")), ("drop", _("No, what we agreed on stays"))],
        widget=forms.RadioSelect,
    )
