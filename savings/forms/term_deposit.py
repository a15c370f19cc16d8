"""Shapes of input for term savings, and what to look for in their list."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.dates import today
from core.fields import PastDayField
from core.forms import Form
from core.money import format_percent
from ledger.channels import PAYING, RECEIVING, Channel
from ledger.forms.common import AmountField
from ledger.models import Unit
from savings.models import TermDeposit
from treasury.forms.common import ChannelField


class TermDepositFilter(django_filters.FilterSet):
    search = django_filters.CharFilter(field_name="member__name", lookup_expr="icontains", label=_("Name"))
    state = django_filters.ChoiceFilter(
        method="standing",
        label=_("State"),
        empty_label=_("all"),
        choices=[("running", _("running")), ("ended", _("ended"))],
    )

    class Meta:
        model = TermDeposit
        fields = []

    def standing(self, rows, name, value):
        running = rows.running(as_of=today())
        return running if value == "running" else rows.exclude(pk__in=running.values("pk"))


class OpenForm(Form):
    """The lengths on offer, each with its rate."""

    months = forms.TypedChoiceField(label=_("Term"), coerce=int, widget=forms.RadioSelect)
    amount = AmountField(of="term:%:opened", label=_("Amount"))
    channel = ChannelField(offered=[*RECEIVING, Channel.SAVINGS], unit=Unit.USP, label=_("Taken from"))
    renewal = forms.ChoiceField(
        label=_("At the end of the term"),
        choices=TermDeposit.Renewal,
        widget=forms.RadioSelect,
        initial="pay_out",
        help_text=_("The member can change this until the last day."),
    )
    on = PastDayField(label=_("Opened on"))

    def __init__(self, *args, offers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["months"].choices = [
            (
                rules.months,
                ngettext("{months} month at {rate} a year", "{months} months at {rate} a year", rules.months).format(
                    months=rules.months, rate=format_percent(rules.rate_bp)
                ),
            )
            for rules in offers
        ]


class RenewalForm(Form):
    renewal = forms.ChoiceField(
        label=_("At the end of the term"), choices=TermDeposit.Renewal, widget=forms.RadioSelect
    )


class BreakForm(Form):
    channel = ChannelField(offered=[Channel.SAVINGS, *PAYING], unit=Unit.USP)
    on = PastDayField(label=_("Broken on"))
