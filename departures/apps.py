from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeparturesConfig(AppConfig):
    name = "departures"
    verbose_name = _("Departures")
    audit_sentences = {
        "departure.proposed": _("{by} wrote down that {member} leaves: {kind}"),
        "departure.dropped": _("{by} put the departure of {member} aside"),
        "departure.approved": _("{by} agreed that {member} leaves: {set_off} set off, {to_pay} to pay"),
        "departure.paid": _("{by} paid {amount} to {payee} for {member}"),
    }
