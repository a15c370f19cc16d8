"""The cooperative's accounts at banks: opening one in the books, what its statements look like, closing it."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.money import format_rupiah
from ledger import chart
from ledger import queries as ledger
from ledger.models import Account
from treasury.arithmetic.statements.csv_file import Mapping
from treasury.errors import TreasuryRefused
from treasury.models import BankAccount


@transaction.atomic
def open_bank_account(
    *, unit: str, bank: str, number: str, holder: str, mapping: Mapping | None = None, on: datetime.date, by: User
) -> BankAccount:
    """Enter an account at a bank. The first of a unit is 1102 of its chart, each further one gets a code of its own.

    Raises TreasuryRefused where the account is known already or the chart has no code left.
    """
    digits = "".join(character for character in number if character.isdigit())
    if not digits:
        raise TreasuryRefused(_("Write the account number in digits."), field="number")
    if BankAccount.objects.filter(bank__iexact=bank.strip(), number=digits).exists():
        raise TreasuryRefused(_("This bank account is in the list already."), field="number")
    taken = set(
        BankAccount.objects.select_for_update(no_key=True).filter(unit=unit).values_list("account__code", flat=True)
    )
    code = next((each for each in (chart.BANK, *chart.FURTHER_BANKS) if each not in taken), None)
    if code is None:
        raise TreasuryRefused(_("The chart has no code left for another bank account of this unit."))
    account, _created = Account.objects.get_or_create(
        unit=unit,
        code=code,
        defaults={"name": f"{bank.strip()} {digits}", "kind": chart.ASSET, "side": chart.DEBIT, "is_spent": True},
    )
    opened = BankAccount.objects.create(
        unit=unit,
        account=account,
        bank=bank.strip(),
        number=digits,
        holder=holder.strip(),
        mapping=mapping.to_json() if mapping else {},
        opened_on=on,
        opened_by=by,
    )
    audit.record("bank_account.opened", opened, by=by, unit=unit, code=code)
    return opened


@transaction.atomic
def set_mapping(bank_account: BankAccount, *, mapping: Mapping, by: User) -> BankAccount:
    """Say what the columns of this account's CSV statements are."""
    bank_account = BankAccount.objects.select_for_update(no_key=True).get(pk=bank_account.pk)
    bank_account.mapping = mapping.to_json()
    bank_account.save(update_fields=["mapping"])
    audit.record("bank_account.mapped", bank_account, by=by)
    return bank_account


@transaction.atomic
def close_bank_account(bank_account: BankAccount, *, on: datetime.date, by: User) -> BankAccount:
    """End an account; it is offered no more. Raises TreasuryRefused while the books have money on it."""
    rows = BankAccount.objects.select_for_update(no_key=True, of=["self"]).select_related("account")
    bank_account = rows.get(pk=bank_account.pk)
    if bank_account.closed_on:
        raise TreasuryRefused(_("This bank account is closed already."))
    balance = ledger.account_balance(bank_account.unit, bank_account.account.code, as_of=on)
    if balance:
        raise TreasuryRefused(
            _("The books still have {amount} on this account. Transfer it first.").format(amount=format_rupiah(balance))
        )
    bank_account.closed_on, bank_account.closed_by = on, by
    bank_account.save(update_fields=["closed_on", "closed_by"])
    audit.record("bank_account.closed", bank_account, by=by)
    return bank_account
