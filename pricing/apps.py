from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from pricing.trade import ensure_units


class PricingConfig(AppConfig):
    name = "pricing"
    verbose_name = _("Pricing")
    hooks = {
        "decides.price_list": "pricing.hooks.undecided",
        "agenda.prices": "pricing.hooks.for_the_agenda",
        "takes_effect.price_list": "pricing.services.price_list.decided",
    }
    audit_sentences = {
        "item.added": _("{by} added {subject}"),
        "item.corrected": _("{by} corrected {subject}"),
        "item.converted": _("{by} set the conversion of {subject}: 1 {unit} = {in_base} {base_unit}"),
        "pricelist.drafted": _("{by} started a draft of a price list"),
        "pricelist.priced": _("{by} changed {count} prices of the draft"),
        "pricelist.discarded": _("{by} discarded the draft of a price list"),
        "pricelist.decided": _("{by} put the price list in force from {in_force_from}, decided in {decision}"),
    }

    def ready(self):
        # The measures of the trade stand in every database, test databases included. See pricing/trade.py.
        post_migrate.connect(ensure_units, sender=self)
