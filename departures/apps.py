from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeparturesConfig(AppConfig):
    name = "departures"
    verbose_name = _("Departures")
    audit_sentences = {
        "departure.proposed": _("{by} proposed the departure of {member}: {kind}"),
        "departure.dropped": _("{by} dropped the departure of {member}"),
        "departure.approved": _("{by} approved the departure of {member}: {set_off} set off, {to_pay} to pay"),
        "departure.paid": _("{by} paid {amount} to {payee} for {member}"),
    }
