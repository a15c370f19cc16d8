from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from loans import facts
from members import holdings


class ActivitiesConfig(AppConfig):
    name = "activities"
    verbose_name = _("Activities")
    audit_sentences = {
        "programme.planned": _("{by} planned {subject} for {on}"),
        "programme.joined": _("{by} signed {member} up"),
        "programme.left": _("{by} took {member} off the list"),
        "programme.held": _("{by} wrote down what came of it; {count} came"),
        "programme.cancelled": _("{by} called it off: {reason}"),
        "programme.paid": _("{by} paid {amount} for {what} ({receipt})"),
        "aid.given": _("{by} gave {what}, worth {amount}"),
        "aid.returned": _("{by} took {what} back"),
        "meeting.held": _("{by} recorded the meeting: {subject}"),
        "meeting.attended": _("{by} wrote down who came: {count} members"),
        "meeting.minuted": _("{by} wrote the minutes of {subject}"),
        "meeting.collected": _("{by} booked {count} payments of the meeting"),
        "dues.collected": _("{by} received {amount} from {subject}: {months} ({receipt})"),
        "dues.reversed": _("{by} reversed {amount} of dues of {subject} ({receipt}): {reason}"),
        "visit.recorded": _("{by} recorded a visit: {subject}, {amount} given"),
    }

    def ready(self):
        from governance import effects
        from loans import leaving

        effects.register("activities.duesrules", "activities.effects.of_dues_rules")
        leaving.register("activities.leaving.obstacles")
        facts.register(
            "attendance",
            "activities.queries.attendance",
            of_everybody="activities.queries.attendance_of_everybody",
        )
        for part in ("dues", "meetings", "programmes", "aid"):
            holdings.register(part, f"activities.holdings.{part}")
