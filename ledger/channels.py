"""The ways in which money moves, once for every room: which account it touches, and whether it makes a receipt."""

from django.db import models
from django.utils.translation import pgettext_lazy

from ledger import chart


class Channel(models.TextChoices):
    """How a sum reaches the cooperative or leaves it. A room offers the ones that make sense for what it books."""

    CASH = "cash", pgettext_lazy("channel", "cash")
    BANK = "bank", pgettext_lazy("channel", "bank transfer")
    QRIS = "qris", pgettext_lazy("channel", "QRIS")
    SAVINGS = "savings", pgettext_lazy("channel", "voluntary savings")
    SETTLEMENT = "settlement", pgettext_lazy("channel", "settlement of handed-over work")
    DEPARTURE = "departure", pgettext_lazy("channel", "set off on leaving")
    OFFSET = "offset", pgettext_lazy("channel", "against what is owed to the cooperative")
    DIRECT = "direct", pgettext_lazy("channel", "paid directly, outside the cooperative")
    NOTHING = "nothing", pgettext_lazy("channel", "nothing left to pay")

    @property
    def account(self) -> str:
        """The account of the chart that the money goes into or comes out of. KeyError where the room itself decides."""
        return ACCOUNTS[self]

    @property
    def makes_receipt(self) -> bool:
        """Whether money changes hands, so that the payer or payee gets a numbered receipt."""
        return self in ACCOUNTS


class Way(str):
    """A channel with the account it goes through: the same as its channel wherever channels are compared or stored,

    and told apart where the books ask which of several bank accounts it was.
    """

    def __new__(cls, channel: Channel, account: str, unit: str = ""):
        way = super().__new__(cls, channel.value)
        way.channel, way.account, way.unit = channel, account, unit
        return way


def account_of(channel: str) -> str:
    """The account of the chart that money in this channel goes into or comes out of."""
    return channel.account if isinstance(channel, Way) else ACCOUNTS[Channel(channel)]


ACCOUNTS = {Channel.CASH: chart.CASH, Channel.BANK: chart.BANK, Channel.QRIS: chart.QRIS}
"""Where money that changes hands is kept. Every other channel moves it inside the books, or past them."""

RECEIVING = [Channel.CASH, Channel.BANK, Channel.QRIS]
"""Ways in which the cooperative is paid."""

PAYING = [Channel.CASH, Channel.BANK]
"""Ways in which the cooperative pays."""


def channel_field(*offered: Channel, **options) -> models.CharField:
    """A column for one of `offered`, shown in the words of the channel; `one_of` holds the column to them."""
    options.setdefault("verbose_name", pgettext_lazy("channel", "way of paying"))
    return models.CharField(max_length=10, choices=[(each.value, each.label) for each in offered], **options)


def one_of(*offered: Channel, column: str = "channel") -> models.CheckConstraint:
    """The database refuses a channel that was not offered."""
    return models.CheckConstraint(
        name=f"%(app_label)s_%(class)s_{column}_known",
        condition=models.Q(**{f"{column}__in": [each.value for each in offered]}),
    )
