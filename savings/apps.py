from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SavingsConfig(AppConfig):
    name = "savings"
    verbose_name = _("Savings")
    hooks = {
        "effects.savings.savingsrules": "savings.hooks.of_savings_rules",
        "entries.interest": "savings.hooks.page_of_interest",
        "entries.savings": "savings.hooks.page_of_movement",
        "entries.savings-tax": "savings.hooks.page_of_interest",
        "entries.term": "savings.hooks.page_of_term_deposit",
        "payments.deposit": "savings.services.counter.post_deposit",
        "payments.withdrawal": "savings.services.counter.post_withdrawal",
        "personal_data.standing_orders": "savings.hooks.standing_orders",
        "standing.mandatory": "savings.services.standing_order.pay_mandatory",
        "personal_data.savings": "savings.hooks.savings",
        "personal_data.term_deposits": "savings.hooks.term_deposits",
    }
    audit_sentences = {
        "savings.carried": _("{by} carried over {amount} from the previous books"),
        "savings.joined": _("{by} received the first savings of {subject}: {amount} ({receipt})"),
        "savings.deposited": _("{by} received {amount} from {subject}: {kind} ({receipt})"),
        "savings.moved": _("{by} moved {amount} of {subject} from voluntary to mandatory savings"),
        "standing_order.given": _("{by} let voluntary savings pay {purpose} from day {day} of each month on"),
        "standing_order.ended": _("{by} stopped that voluntary savings pay {purpose}"),
        "standing_order.paid": _("Voluntary savings paid {amount} by standing consent: {purpose}"),
        "standing_order.not_paid": _("Voluntary savings could not pay {purpose}: {reason}"),
        "savings.closed": _("{by} closed the passbook of {subject}: {amount}"),
        "savings.withdrawn": _("{by} paid out {amount} to {subject}: {kind} ({receipt})"),
        "block.made": _("{by} blocked {amount} of the savings of {subject}: {reason}"),
        "block.released": _("{by} released {amount} of the savings of {subject}: {reason}"),
        "withdrawal_request.made": _("{by} requested a withdrawal of {amount}: {subject}"),
        "withdrawal_request.approved": _("{by} approved a withdrawal of {amount}: {subject}"),
        "withdrawal_request.refused": _("{by} refused a withdrawal of {amount}: {subject}, {reason}"),
        "withdrawal_request.cancelled": _("{by} cancelled the request for {amount}: {subject}"),
        "term_deposit.opened": _("{by} opened term savings {subject}: {amount} for {months} months"),
        "term_deposit.renewal_chosen": _("{by} chose what happens at the end of {subject}: {renewal}"),
        "term_deposit.broken": _("{by} broke term savings {subject} early: {amount}, penalty {penalty_amount}"),
        "term_deposit.undone": _("{by} undid the opening of {subject}: {amount}, {reason}"),
        "term_deposit.ended": _("Term savings {subject} ended: {amount}, interest {interest_amount}"),
        "interest.posted": _("{by} posted interest on savings: {count} entries"),
        "tax.paid": _("{by} paid the tax on savings {subject} to the State: {amount} ({receipt})"),
        "savings.reversed": _("{by} reversed {amount} of {subject} ({receipt}): {reason}"),
    }
