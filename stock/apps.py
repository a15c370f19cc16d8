from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StockConfig(AppConfig):
    name = "stock"
    verbose_name = _("Stock")
    hooks = {
        "arrears.material": "stock.hooks.owed",
        "entries.joint": "stock.hooks.page_of_purchase",
        "entries.lending": "stock.hooks.page_of_loan",
        "payments.supplier": "stock.services.step.post_supplier",
    }
    audit_sentences = {
        "stock_movement.recorded": _("{by} recorded: {kind} {quantity}"),
        "stock_movement.counted": _("{by} counted {counted}, {difference} from what was recorded"),
        "stock_movement.given": _("{by} recorded {quantity} from {giver} to {taker}"),
        "stock_loan.recorded": _("{by} recorded: {lender} hands {quantity} to {borrower}"),
        "stock_loan.confirmed": _("{by} confirmed the handover"),
        "stock_loan.declined": _("{by} took it back: nothing was handed over. {reason}"),
        "stock_return.recorded": _("{by} recorded that {quantity} came back, {way}"),
        "stock_return.confirmed": _("{by} confirmed that {quantity} came back"),
        "stock_return.declined": _("{by} did not confirm {quantity}: {reason}"),
        "stock_return.reversed": _("{by} reversed the payment for {quantity}: {reason}"),
        "stock_request.asked": _("{by} asked the neighbours for {quantity}, needed until {until}"),
        "stock_request.promised": _("{holder} lends {quantity}"),
        "stock_request.declined": _("{holder} cannot lend it now"),
        "stock_request.ended": _("{by} took the request back"),
        "lending_limit.set": _("{by} lends at most {at_most} from {from_on} on"),
        "purchase.opened": _("{by} opened the joint purchase, needed on {needed_on}"),
        "purchase.joined": _("{by} recorded that {member} needs {quantity}"),
        "purchase.left": _("{by} recorded that {member} needs no {item}"),
        "purchase.quoted": _("{by} recorded the price of {supplier} for {item}: {price_amount}"),
        "purchase.chosen": _("{by} chose {supplier} and ordered for {amount}"),
        "purchase.received": _("{by} recorded what arrived, {amount}"),
        "purchase.shared": _("{by} shared it out among {members} members, {amount}"),
        "purchase.share_paid": _("{by} received {amount} from {member}"),
        "purchase.supplier_paid": _("{by} paid {amount} to {supplier}"),
        "purchase.reversed": _("{by} reversed “{step}”: {reason}"),
        "purchase.payment_reversed": _("{by} reversed the payment of {member}, {amount}: {reason}"),
        "purchase.cancelled": _("{by} cancelled it: {reason}"),
        "bill.line_set": _("{by} put {quantity} {material} on the bill of {subject}, waste {waste}"),
        "bill.line_removed": _("{by} removed {material} from the bill of {subject}"),
    }
