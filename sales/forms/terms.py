"""Who sells, the deposit, the days to pay."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahFormField
from core.forms import Form
from orders.models import Order


class SaleTermsForm(Form):
    seller = forms.ChoiceField(
        label=_("Who sells to the buyer?"),
        choices=Order.Seller,
        widget=forms.RadioSelect,
        help_text=_(
            "Where the cooperative sells, the treasurer writes invoices and payments, and the books have them."
        ),
    )
    deposit_asked = RupiahFormField(label=_("Deposit agreed"), minimum=0, required=False)
    terms_days = forms.IntegerField(
        label=_("Days to pay after the invoice"), min_value=0, max_value=365, required=False, initial=0
    )

    @property
    def facts(self):
        facts = super().facts
        return facts | {name: facts[name] or 0 for name in ("deposit_asked", "terms_days")}
