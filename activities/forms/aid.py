"""The shape of what people type about aid."""

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.forms.common import paying_field
from activities.models import Aid
from core.fields import DayField, PastDayField
from core.forms import Form
from ledger.forms.common import AmountField
from members.models import Member


class AidForm(Form):
    member = forms.ModelChoiceField(Member.objects.none(), label=_("Who gets it?"))
    kind = forms.ChoiceField(label=_("Kind"), choices=Aid.Kind)
    what = forms.CharField(label=_("What is given?"), max_length=200)
    worth = AmountField(
        label=_("Worth"), of="aid:%:given", help_text=_("What it is worth in rupiah, or the money itself.")
    )
    is_money = forms.BooleanField(label=_("Given in money"), required=False)
    channel = paying_field(help_text=_("Only for money."))
    on = PastDayField(label=_("Given on"))
    due_back_on = DayField(
        label=_("Lent until"), required=False, help_text=_("Only for tools that are lent. Leave empty for a gift.")
    )

    def __init__(self, *args, as_of, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = Member.objects.entered(as_of=as_of).order_by("name")
