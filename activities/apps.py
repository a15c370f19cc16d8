from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    name = "activities"
    verbose_name = _("Activities")
    hooks = {
        "effects.activities.duesrules": "activities.hooks.of_dues_rules",
        "payments.difference": "activities.services.collection.post_difference",
        "payments.aid": "activities.services.aid.post_aid",
        "payments.programme": "activities.services.programme.post_expense",
        "payments.visit": "activities.services.visit.post_visit",
        "entries.aid": "activities.hooks.page_of_aid",
        "entries.collection": "activities.hooks.page_of_collection",
        "entries.dues": "activities.hooks.page_of_dues",
        "entries.programme_expense": "activities.hooks.page_of_expense",
        "entries.visit": "activities.hooks.page_of_visit",
        "standing.dues": "activities.services.dues.pay_dues_from_savings",
        "personal_data.aid": "activities.hooks.aid",
        "personal_data.dues": "activities.hooks.dues",
        "personal_data.help_requests": "activities.hooks.help_requests",
        "personal_data.programmes": "activities.hooks.programmes",
        "personal_data.visits": "activities.hooks.visits",
    }
    audit_sentences = {
        "programme.planned": _("{by} planned {subject} for {on}"),
        "programme.joined": _("{by} signed {member} up"),
        "programme.left": _("{by} took {member} off the list"),
        "programme.held": _("{by} recorded the outcome; {count} came"),
        "programme.cancelled": _("{by} cancelled it: {reason}"),
        "programme.paid": _("{by} paid {amount} for {what} ({receipt})"),
        "programme.expense_reversed": _("{by} reversed {amount} for {what}: {reason}"),
        "aid.given": _("{by} gave {what}, worth {amount}"),
        "aid.returned": _("{by} took {what} back"),
        "aid.reversed": _("{by} reversed {what}, worth {amount}: {reason}"),
        "meeting.collected": _("{by} posted {count} receipts of the meeting, {amount}"),
        "meeting.collection_reversed": _("{by} reversed {what}: {reason}"),
        "meeting.counted": _("{by} counted {counted} at the meeting, {expected} were received"),
        "dues.collected": _("{by} received {amount} from {subject}: {months} ({receipt})"),
        "dues.reversed": _("{by} reversed {amount} of dues of {subject} ({receipt}): {reason}"),
        "dues.waived": _("{by} recorded that {subject} need not pay dues for {months} ({decision})"),
        "dues.waiver_reversed": _("{by} took the waiver of {subject} for {months} back: {reason}"),
        "visit.recorded": _("{by} recorded a visit: {subject}, {amount} given"),
        "visit.reversed": _("{by} reversed a visit: {subject}, {amount}, {reason}"),
        "help.asked": _("{by} asked for help: {subject}"),
        "help.approved": _("{by} approved help: {subject}, {amount}"),
        "help.declined": _("{by} declined help: {subject}"),
        "help.withdrawn": _("{by} withdrew the request for help: {subject}"),
    }
