from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GovernanceConfig(AppConfig):
    name = "governance"
    verbose_name = _("Governance")
    audit_sentences = {
        "decision.recorded": _("{by} recorded decision {subject}"),
        "office.elected": _("{by} recorded the election of {subject} until {ends_on}"),
        "office.ended": _("{by} ended the term of {subject} on {on}"),
        "rules.put_in_force": _("{by} put new {rules} in force: {subject}, by decision {decided_in}"),
    }
