"""Short ways to say what the tests of cash and bank are about."""

import datetime

from governance.services import put_in_force
from ledger import chart
from ledger.models import Account, Unit
from tests.builders import a_decision
from treasury import services
from treasury.arithmetic.statements.csv_file import PRESETS
from treasury.models import SpendingRules, VoucherCategory

DAY = datetime.date(2026, 3, 12)


def category(name="electricity and water") -> VoucherCategory:
    return VoucherCategory.objects.get(name=name)


def a_voucher(by, *, amount=150_000, of="electricity and water", on=DAY, unit=Unit.UMUM, channel="cash", **facts):
    """Electricity of March, paid in cash by the general unit."""
    facts = {"payee": "PLN", "purpose": "Listrik Maret"} | facts
    return services.record_voucher(
        unit=unit, category=category(of), amount=amount, channel=channel, on=on, by=by, **facts
    )


def money_in(by, *, amount=5_000_000, unit=Unit.UMUM, channel="cash", on=DAY):
    """A grant, so that there is something to spend."""
    facts = {"payee": "Dinas Koperasi", "purpose": "Hibah", "of": "grant or donation"}
    return a_voucher(by, amount=amount, unit=unit, channel=channel, on=on, **facts)


def spending_rules(*, by, alone_up_to=1_000_000, decision_above=None, limits=(), on=datetime.date(2025, 1, 12)):
    return put_in_force(
        SpendingRules,
        in_force_from=on,
        decided_in=a_decision(by=by, on=on, number=f"BELANJA-{on}"),
        on=on,
        by=by,
        alone_up_to=alone_up_to,
        decision_above=decision_above,
        limits=list(limits),
    )


def a_bank(by, *, bank="BCA", number="0371234567", unit=Unit.UMUM, on=datetime.date(2026, 1, 2)):
    return services.open_bank_account(
        unit=unit, bank=bank, number=number, holder="KOKKMAS", mapping=PRESETS["bca"], on=on, by=by
    )


def account(code=chart.CASH, unit=Unit.UMUM) -> Account:
    return Account.objects.get(unit=unit, code=code)


def into_bank(code, amount, *, on, by, unit=Unit.USP):
    """Money carried from the cash box to a bank account."""
    return services.transfer(
        source=account(unit=unit), target=account(code, unit), amount=amount, purpose="isi bank", on=on, by=by
    )


def bca(*rows, opening="0.00", number="0371234567") -> bytes:
    """A statement of BCA: rows of (day of March 2026, text, amount with CR or DB)."""
    body = "\n".join(f'\'{day:02}/03/2026,{text},\'0000,"{amount}",""' for day, text, amount in rows)
    head = f"No. rekening : {number}\n\nTanggal,Keterangan,Cabang,Jumlah,Saldo"
    return f"{head}\n{body}\n\nSaldo Awal : {opening}\n".encode()
