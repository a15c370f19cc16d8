"""The shape of what people type about dues."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from activities.queries import span
from core.fields import DayField, PastDayField
from core.forms import Form
from core.money import format_rupiah
from governance.models import Decision, DecisionKind
from ledger.channels import RECEIVING, Channel
from ledger.models import Unit
from treasury.forms.common import ChannelField


class DuesForm(Form):
    """How many of the open months are paid, each choice with its months and its amount."""

    months = forms.TypedChoiceField(label=_("Months"), coerce=int)
    channel = ChannelField(
        offered=[*RECEIVING, Channel.SAVINGS],
        unit=Unit.UMUM,
        help_text=_("From the voluntary savings only on the member's own word; the member is told."),
    )
    on = PastDayField(label=_("Received on"))

    def __init__(self, *args, dues, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["months"].choices = [
            (
                count,
                ngettext("{count} month, {months}: {amount}", "{count} months, {months}: {amount}", count).format(
                    count=count, months=span(dues.months[:count]), amount=format_rupiah(dues.cost(count))
                ),
            )
            for count in range(1, len(dues.months) + 1)
        ]


class WaiverForm(Form):
    """Which months a member need not pay, and the decision behind it."""

    first_month = DayField(label=_("From the month of"), help_text=_("Any day of the month."))
    last_month = DayField(label=_("Until the month of"), help_text=_("Any day of the month."))
    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("The member and the officers read it, nobody else.")
    )
    decided_in = forms.ModelChoiceField(label=_("Decided in"), queryset=Decision.objects.none())
    on = PastDayField(label=_("Waived on"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Decision.objects.filter(kind=DecisionKind.WAIVER).order_by("-decided_on", "-pk")
        self.fields["decided_in"].queryset = rows
