from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    audit_sentences = {
        "user.created": _("{by} created the login of {subject}"),
        "user.password_changed": _("{by} changed their password"),
        "user.password_renewal_asked": _("{by} asked for a new password for {subject}: {reason}"),
        "user.password_renewed": _("{by} confirmed the new password for {subject} that {asked_by} asked for"),
        "user.password_renewal_declined": _("{by} declined a new password for {subject}"),
        "user.second_factor_set_up": _("{by} set up a second factor"),
        "user.second_factor_removed": _("{by} removed the second factor of {subject}"),
        "user.recovery_codes_renewed": _("{by} made new recovery codes"),
        "user.recovery_code_used": _("{by} used a recovery code, {left} are left"),
        "user.session_ended": _("{by} ended a login: {device}"),
        "user.email_asked": _("{by} asked for a link to confirm an e-mail address"),
        "user.email_confirmed": _("{by} confirmed their e-mail address"),
        "user.topics_chosen": _("{by} chose what comes by e-mail: {topics} topics"),
        "user.email_removed": _("{by} took their e-mail address out"),
    }

    def ready(self):
        from core import guards

        post_migrate.connect(guards.seal, sender=self, dispatch_uid="core.guards")
