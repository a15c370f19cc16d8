"""What a member pays for a share."""

from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField
from core.forms import Form
from ledger.forms.common import AmountField
from ledger.models import Unit
from stock.models.share import SHARE_CHANNELS
from treasury.forms.common import ChannelField


class ShareForm(Form):
    amount = AmountField(of="joint:%:share:%", label=_("Amount"))
    channel = ChannelField(offered=SHARE_CHANNELS, unit=Unit.UMUM)
    on = PastDayField(label=_("Paid on"))
