"""Vouchers: what to look for, money in, money out, and those that come again."""

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.fields import PastDayField
from core.forms import Form
from core.uploads import PaperField
from ledger.channels import RECEIVING
from ledger.forms.common import AmountField
from ledger.forms.statement import DayFilter
from ledger.models import Unit
from treasury.forms.common import ChannelField, refuse_other_unit
from treasury.models import Voucher, VoucherCategory
from treasury.models.voucher import SERIES, Direction


class VoucherFilter(django_filters.FilterSet):
    search = django_filters.CharFilter(method="matching", label=_("Search number, name or purpose"))
    direction = django_filters.ChoiceFilter(
        choices=Direction, label=_("direction"), empty_label=pgettext_lazy("voucher", "in and out")
    )
    unit = django_filters.ChoiceFilter(choices=Unit, label=_("unit"), empty_label=_("both units"))
    first = DayFilter("on", "gte", label=_("from"))
    last = DayFilter("on", "lte", label=_("until"))

    class Meta:
        model = Voucher
        fields = []

    def matching(self, rows, name, value):
        return rows.filter(Q(number__icontains=value) | Q(payee__icontains=value) | Q(purpose__icontains=value))


class VoucherForm(Form):
    """Money in or out of one unit. The amount, the day and the bill; the category says the account."""

    unit = forms.ChoiceField(label=pgettext_lazy("books", "Unit"), choices=Unit, initial=Unit.UMUM)
    category = forms.ModelChoiceField(
        queryset=VoucherCategory.objects.none(), label=_("What for"), empty_label=_("Choose what it is for")
    )
    payee = forms.CharField(label=_("Paid to"), max_length=120)
    purpose = forms.CharField(label=_("Purpose"), max_length=200, help_text=_("It stands on the voucher."))
    amount = AmountField(label=_("Amount"), of="")
    channel = ChannelField(offered=RECEIVING)  # money out too: the fee that stays with the bank of QRIS
    on = PastDayField(label=_("Date"))
    paper = PaperField(label=_("Bill or receipt"), required=False, help_text=_("A photo or a PDF."))

    def __init__(self, *args, direction, **kwargs):
        super().__init__(*args, **kwargs)
        rows = VoucherCategory.objects.filter(direction=direction, is_active=True).order_by("account_code", "name")
        self.fields["category"].queryset = rows
        self.fields["amount"].of = f"voucher:{SERIES[Direction(direction)]}-%"
        if direction == Direction.IN:
            self.fields["payee"].label = _("Received from")

    def clean(self):
        super().clean()
        refuse_other_unit(self)


class PaperForm(Form):
    file = PaperField(label=_("Bill or receipt"), help_text=_("A photo or a PDF."))


class TemplateForm(Form):
    """A voucher that comes again, with its day of the month where it has one."""

    name = forms.CharField(label=_("Name"), max_length=80)
    unit = forms.ChoiceField(label=pgettext_lazy("books", "Unit"), choices=Unit, initial=Unit.UMUM)
    category = forms.ModelChoiceField(
        queryset=VoucherCategory.objects.filter(is_active=True).order_by("direction", "account_code", "name"),
        label=_("What for"),
        empty_label=_("Choose what it is for"),
    )
    payee = forms.CharField(label=_("With whom"), max_length=120)
    purpose = forms.CharField(label=_("Purpose"), max_length=200)
    amount = AmountField(
        of="voucher:%", label=_("Amount"), required=False, help_text=_("Leave it empty where it differs each time.")
    )
    channel = ChannelField()
    day_of_month = forms.IntegerField(
        label=_("Day of the month"),
        min_value=1,
        max_value=28,
        required=False,
        help_text=_("From this day on the treasurer is reminded until the voucher of the month is posted."),
    )

    def clean(self):
        super().clean()
        refuse_other_unit(self)
