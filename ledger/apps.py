from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from ledger.chart import CHART


class LedgerConfig(AppConfig):
    name = "ledger"
    verbose_name = _("Ledger")
    audit_sentences = {
        "entry.reversed": _("{by} reversed {subject}: {reason}"),
        "year.opened": _("{by} opened the books of {year}"),
        "period.closed": _("{by} closed the books of {subject}"),
    }

    def ready(self):
        post_migrate.connect(open_accounts, sender=self)


def open_accounts(using, apps=apps, **kwargs):
    """Both units have every account of the chart, always: reference data that comes with the tables."""
    try:
        Account = apps.get_model("ledger", "Account")
    except LookupError:  # `migrate <another room>`: the table is not there yet
        return
    Account.objects.using(using).bulk_create(
        [
            Account(
                unit=unit,
                code=account.code,
                name=account.name,
                kind=account.kind,
                side=account.side,
                needs_member=account.needs_member,
                is_spent=account.is_spent,
                is_control=account.is_control,
            )
            for unit in ("usp", "umum")
            for account in CHART
        ],
        update_conflicts=True,
        unique_fields=["unit", "code"],
        update_fields=["name", "needs_member", "is_spent", "is_control"],
    )
