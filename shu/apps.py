from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ShuConfig(AppConfig):
    name = "shu"
    verbose_name = _("SHU")
    audit_sentences = {
        "shu.proposed": _("{by} worked out the division of {subject}: {amount}"),
        "shu.withdrawn": _("{by} took the proposal for {subject} back"),
        "shu.booked": _("{by} booked {subject} as decided in {number}: {amount}"),
        "shu.paid": _("{by} paid {member} their part of the SHU, {amount}"),
        "shu.handed_over": _("{by} put the SHU of {member}, {amount}, into the settlement on leaving"),
    }
