from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ShuConfig(AppConfig):
    name = "shu"
    verbose_name = _("SHU")
    hooks = {
        "decides.shu": "shu.hooks.undecided",
        "ready.books": "shu.hooks.books_closed",
        "ready.shu": "shu.hooks.proposed",
        "agenda.shu": "shu.hooks.for_the_agenda",
        "entries.shu": "shu.hooks.page_of_distribution",
        "entries.shu_share": "shu.hooks.page_of_share",
        "payments.shu": "shu.services.post_share",
        "takes_effect.shu": "shu.services.decided",
    }
    audit_sentences = {
        "shu.proposed": _("{by} calculated the distribution of {subject}: {amount}"),
        "shu.withdrawn": _("{by} withdrew the proposal for {subject}"),
        "shu.booked": _("{by} posted {subject} as decided in {number}: {amount}"),
        "shu.paid": _("{by} paid {member} their part of the SHU, {amount}"),
        "shu.payment_reversed": _("{by} reversed the payment of {member}, {amount}: {reason}"),
        "shu.handed_over": _("{by} transferred the SHU of {member}, {amount}, to the settlement on leaving"),
    }
