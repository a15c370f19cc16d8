"""The shape of what people type about visits."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField, RupiahFormField
from core.forms import Form
from members.models import Member


class VisitForm(Form):
    member = forms.ModelChoiceField(label=_("Who was visited"), queryset=Member.objects.none())
    on = PastDayField(label=_("Visited on"))
    reason = forms.CharField(
        label=_("Why"), max_length=120, help_text=_("For example: in hospital, a death in the family.")
    )
    visitors = forms.CharField(label=_("Who went"), max_length=200)
    amount = RupiahFormField(
        label=_("Given from the common cash"),
        required=False,
        minimum=0,
        help_text=_("Leave empty if nothing was given."),
    )

    def __init__(self, *args, as_of, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = Member.objects.entered(as_of=as_of).order_by("name")

    def clean_amount(self):
        return self.cleaned_data["amount"] or 0
