from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    audit_sentences = {
        "user.created": _("{by} created the login of {subject}"),
        "user.password_changed": _("{by} changed their password"),
    }
