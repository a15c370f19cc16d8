from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class TreasuryConfig(AppConfig):
    name = "treasury"
    verbose_name = _("Cash and bank")
    hooks = {
        "decides.spending": "treasury.hooks.undecided",
        "entries.cash_count": "treasury.hooks.page_of_count",
        "entries.journal": "treasury.hooks.page_of_journal",
        "entries.transfer": "treasury.hooks.page_of_transfer",
        "entries.voucher": "treasury.hooks.page_of_voucher",
        "payments.journal": "treasury.services.journal.post_journal",
        "payments.transfer": "treasury.services.transfer.post_transfer",
        "payments.voucher": "treasury.services.voucher.post_voucher",
    }
    audit_sentences = {
        "bank_account.opened": _("{by} added the bank account {subject}"),
        "bank_account.mapped": _("{by} set the columns of the statements of {subject}"),
        "bank_account.closed": _("{by} closed the bank account {subject}"),
        "journal.posted": _("{by} posted {subject} by hand: {amount}, {memo}"),
        "journal.reversed": _("{by} reversed {subject}: {amount}, {reason}"),
        "voucher.posted": _("{by} posted voucher {subject}: {amount}, {payee}"),
        "voucher.reversed": _("{by} reversed voucher {subject}: {amount}, {reason}"),
        "voucher.paper_added": _("{by} added a paper to voucher {subject}"),
        "template.saved": _("{by} saved the voucher template {subject}"),
        "template.ended": _("{by} ended the voucher template {subject}"),
        "payment.requested": _("{by} asked for a second approval: {amount} to {payee}, {purpose}"),
        "payment.confirmed": _("{by} confirmed {amount} to {payee}, {purpose}"),
        "payment.declined": _("{by} declined {amount} to {payee}: {reason}"),
        "payment.withdrawn": _("{by} withdrew the request for {amount} to {payee}"),
        "cash.counted": _("{by} counted {counted} in the cash box; the books say {book}"),
        "statement.imported": _("{by} imported the statement of {subject}: {count} movements until {last}"),
        "statement.matched": _("{by} confirmed {count} matches on the statement of {subject}"),
        "statement.unmatched": _("{by} took a match on the statement of {subject} back"),
        "money.transferred": _("{by} transferred {amount} from {source} to {target}"),
        "money.transfer_reversed": _("{by} reversed the transfer of {amount}: {reason}"),
    }

    def ready(self):
        from treasury.categories import ensure_categories

        post_migrate.connect(ensure_categories, sender=self)
