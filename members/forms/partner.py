"""Forms about partners, and how they are searched."""

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField
from core.forms import Form
from members.forms.fields import NameField, PhoneField
from members.forms.register import nulls_last
from members.models import Partner


class PartnerForm(Form):
    name = NameField(label=_("Name"))
    kind = forms.ChoiceField(label=_("Kind"), choices=Partner.Kind.choices, widget=forms.RadioSelect)
    market = forms.ChoiceField(
        label=_("Market level"),
        choices=[("", _("none, sells nothing on")), *Partner.Market.choices],
        required=False,
        help_text=_("Where this buyer sells: needed for buyers."),
    )
    city = forms.CharField(label=_("City"), max_length=80, required=False)
    contact = NameField(label=_("Contact person"), required=False)
    phone = PhoneField(
        required=False, help_text=_("From abroad with the country in front, such as +65 6123 4567 for Singapore.")
    )
    since_on = PastDayField(label=_("Partner since"), required=False, initial=None)


class CorrectPartnerForm(PartnerForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, partner: Partner, **kwargs):
        initial = {name: getattr(partner, name) for name in (*PartnerForm.base_fields, "version") if name != "token"}
        initial["phone"] = partner.phone.as_international if partner.phone else ""
        super().__init__(*args, initial=initial, **kwargs)


class PartnerFilter(django_filters.FilterSet):
    search = django_filters.CharFilter(label=_("Name, city or contact"), method="matching")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Partner.Kind.choices, empty_label=_("all"))
    market = django_filters.ChoiceFilter(label=_("Market level"), choices=Partner.Market.choices, empty_label=_("all"))
    ordering = django_filters.OrderingFilter(
        label=_("Order"),
        fields={"name": "name", "city": "city", "since_on": "since"},
        choices=[("name", _("by name")), ("city", _("by city")), ("-since", _("newest first"))],
        empty_label=None,
    )

    class Meta:
        model = Partner
        fields = []

    def filter_queryset(self, queryset):
        rows = super().filter_queryset(queryset)
        return rows.order_by(*[nulls_last(term) for term in rows.query.order_by or ["name"]], "name", "pk")

    def matching(self, rows, name, value):
        for word in value.split()[:8]:
            rows = rows.filter(Q(name__icontains=word) | Q(city__icontains=word) | Q(contact__icontains=word))
        return rows
