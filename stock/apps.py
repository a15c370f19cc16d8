from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StockConfig(AppConfig):
    name = "stock"
    verbose_name = _("Stock")
    hooks = {
        "arrears.material": "stock.hooks.owed",
    }
    audit_sentences = {
        "stock.recorded": _("{by} wrote down: {kind} {quantity}"),
        "stock.counted": _("{by} counted {counted}, {difference} from what was written down"),
        "stock.moved": _("{by} wrote down {quantity} from {giver} to {taker}"),
        "lending.recorded": _("{by} wrote down: {lender} hands {quantity} to {borrower}"),
        "lending.confirmed": _("{by} confirmed that it was handed over"),
        "lending.declined": _("{by} took it back: nothing was handed over. {reason}"),
        "lending.returned": _("{by} wrote down that {quantity} came back, {way}"),
        "lending.return_confirmed": _("{by} confirmed that {quantity} came back"),
        "lending.return_declined": _("{by} did not confirm {quantity}: {reason}"),
        "lending.limited": _("{by} lends at most {at_most} from {from_on} on"),
        "joint.opened": _("{by} opened the joint purchase, needed on {needed_on}"),
        "joint.joined": _("{by} wrote down that {member} needs {quantity}"),
        "joint.left": _("{by} wrote down that {member} needs no {item}"),
        "joint.quoted": _("{by} wrote down the price of {supplier} for {item}: {price_amount}"),
        "joint.chosen": _("{by} chose {supplier} and ordered for {amount}"),
        "joint.received": _("{by} wrote down what arrived, {amount}"),
        "joint.shared": _("{by} shared it out among {members} members, {amount}"),
        "joint.share_paid": _("{by} received {amount} from {member}"),
        "joint.supplier_paid": _("{by} paid {amount} to {supplier}"),
        "joint.reversed": _("{by} reversed “{step}”: {reason}"),
        "joint.payment_reversed": _("{by} reversed the payment of {member}, {amount}: {reason}"),
        "joint.cancelled": _("{by} called it off: {reason}"),
        "bill.written": _("{by} wrote into the bill of {subject}: {quantity} {material}, waste {waste}"),
        "bill.removed": _("{by} took {material} out of the bill of {subject}"),
    }
