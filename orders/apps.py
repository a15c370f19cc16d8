from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.permissions import Permission


class OrdersConfig(AppConfig):
    name = "orders"
    verbose_name = _("Orders")
    hooks = {
        "member_facts.work_ahead": "orders.queries.work_ahead",
        "entries.advance": "orders.hooks.page_of_advance",
        "entries.offset": "orders.hooks.page_of_offset",
        "entries.settlement": "orders.hooks.page_of_settlement",
        "needs.orders": "orders.hooks.needs",
        "payments.advance": "orders.services.advance.post_advance",
        "payments.settlement": "orders.services.settlement.post_payout",
        "personal_data.orders": "orders.hooks.orders",
        "personal_data.work_taken": "orders.hooks.work_taken",
        "personal_data.work_paid": "orders.hooks.work_paid",
    }
    audit_sentences = {
        "order.taken": _("{by} recorded order {subject} from {partner}"),
        "order.specified": _("{by} recorded the specification of {item}"),
        "order.progress": _("{by} reported {made} {item} made"),
        "order.finished": _("{by} recorded the delivery of order {subject} to the buyer"),
        "order.cancelled": _("{by} cancelled order {subject}: {reason}"),
        "goods.taken": _("{by} recorded {quantity} {item} of {lender} for the order"),
        "help.bought_together": _("{by} opened a joint purchase for {subject}"),
        "capacity.set": _("{by} set the capacity to {per_week} a week from {from_on}"),
        "capacity.estimated": _("{by} estimates that one {item} takes {minutes} minutes"),
        "capacity.closed": _("{by} closed from {from_on} to {until_on}: {reason}"),
        "capacity.reopened": _("{by} reopened the workshop on the days of: {reason}"),
        "free_hands.told": _("{by} recorded that {member} asks for work until {until_on}"),
        "free_hands.ended": _("{by} recorded that {member} has work again"),
        "offer.posted": _("{by} offered {quantity} to other hands"),
        "offer.withdrawn": _("{by} took the rest of the offer off the board"),
        "claim.made": _("{member} took {quantity}"),
        "round.asked": _("{member} asked for up to {quantity}"),
        "round.request_withdrawn": _("{member} withdrew the request"),
        "round.request_accepted": _("{by} gave {member} {quantity}"),
        "round.closed": _("{by} closed the round: {given} of {offered} went to {makers} makers"),
        "round.closed_itself": _("The round closed by itself: {given} of {offered} went to {makers} makers"),
        "claim.withdrawn": _("{by} gave {quantity} back"),
        "handover.sent": _("{by} sent {quantity}"),
        "handover.confirmed": _("{by} counted: {accepted} accepted, {rejected} not"),
        "terms.proposed": _("{by} proposed other terms, {price} each: {reason}"),
        "terms.agreed": _("{by} agreed to the terms, {price} each"),
        "terms.dropped": _("{by} dropped the proposed terms"),
        "material.given": _("{by} gave {material} along, worth {value}"),
        "material.confirmed": _("{by} confirmed receiving {material}"),
        "material.dropped": _("{by} took back {material}: {reason}"),
        "handover.objected": _("{by} said that it is not right, {what}: {reason}"),
        "handover.uncounted": _("{by} took the count of {accepted} back"),
        "handover.corrected": _("{by} corrected what was sent from {before} to {after}"),
        "material.returned": _("{by} received {material} back"),
        "advance.ahead": _("{by} recorded an advance of {amount}"),
        "advance.back": _("{by} recorded a repayment of {amount}"),
        "advance.confirmed": _("{by} confirmed receiving {amount}"),
        "advance.reversed": _("{by} reversed the payment of {amount}: {reason}"),
        "offset.agreed": _("{by} lets {amount} go against {label}"),
        "offset.withdrawn": _("{by} withdrew the consent to {label}, {amount}"),
        "offset.booked": _("{by} booked {amount} against {label}"),
        "handover.disputed": _("{by} asked the board to look at this: case {case}"),
        "settlement.settled": _("{by} recorded a settlement of {amount} for the maker"),
        "settlement.paid": _("{by} confirmed that the maker has {amount}"),
        "settlement.reversed": _("{by} reversed the settlement of {amount}: {reason}"),
    }
    audit_guarded = {"handover.disputed": Permission.CASE_LIST}
    """It names a case, and with it who brought it up."""
