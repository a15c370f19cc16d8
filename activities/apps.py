from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    name = "activities"
    verbose_name = _("Activities")
    hooks = {
        "effects.activities.duesrules": "activities.hooks.of_dues_rules",
        "personal_data.aid": "activities.hooks.aid",
        "personal_data.dues": "activities.hooks.dues",
        "personal_data.programmes": "activities.hooks.programmes",
    }
    audit_sentences = {
        "programme.planned": _("{by} planned {subject} for {on}"),
        "programme.joined": _("{by} signed {member} up"),
        "programme.left": _("{by} took {member} off the list"),
        "programme.held": _("{by} recorded the outcome; {count} came"),
        "programme.cancelled": _("{by} cancelled it: {reason}"),
        "programme.paid": _("{by} paid {amount} for {what} ({receipt})"),
        "aid.given": _("{by} gave {what}, worth {amount}"),
        "aid.returned": _("{by} took {what} back"),
        "meeting.collected": _("{by} posted {count} payments of the meeting"),
        "dues.collected": _("{by} received {amount} from {subject}: {months} ({receipt})"),
        "dues.reversed": _("{by} reversed {amount} of dues of {subject} ({receipt}): {reason}"),
        "visit.recorded": _("{by} recorded a visit: {subject}, {amount} given"),
    }
