"""Cash and bank of the story: vouchers that come again, QRIS, the box counted and the bank reconciled at a month's end.

The bank tells what the books say, and one thing more: its fee, which is entered from the statement.
"""

import datetime

from core.dates import add_months, month_end
from governance.services import put_in_force
from kokkmas.seed.founding import Cooperative, decide
from ledger import chart
from ledger.channels import Channel, Way
from ledger.models import Account, Line, Unit
from ledger.queries import account_balance
from treasury import services
from treasury.arithmetic.cash_count import DENOMINATIONS
from treasury.arithmetic.statements.csv_file import PRESETS
from treasury.models import BankAccount, CashCount, PaymentRequest, SpendingRules, VoucherCategory, VoucherTemplate
from treasury.queries.bank_statement import proposals

DAY = datetime.timedelta(days=1)
BANK = Way(Channel.BANK, chart.BANK)
FEE = 7_500
GRANTS = [
    (Unit.USP, Channel.CASH, 30_000_000, "Hibah awal untuk simpan pinjam"),
    (Unit.UMUM, Channel.CASH, 6_000_000, "Hibah awal untuk kegiatan"),
    (Unit.USP, BANK, 5_000_000, "Hibah lewat rekening untuk simpan pinjam"),
    (Unit.UMUM, BANK, 3_000_000, "Hibah lewat rekening untuk kegiatan"),
]
TEMPLATES = [
    # name, unit, category, payee, amount, channel, day
    ("Listrik balai", Unit.UMUM, "electricity and water", "PLN", 85_000, BANK, 20),
    ("Internet kantor", Unit.USP, "telephone and internet", "Penyedia internet", 60_000, Channel.CASH, 10),
]


def start(coop: Cooperative) -> None:
    """Two bank accounts, what one officer pays alone, the grants the cooperative began with, the templates."""
    on = coop.started_on
    for unit, number in [(Unit.UMUM, "0371000111"), (Unit.USP, "0371000222")]:
        services.open_bank_account(
            unit=unit, bank="BCA", number=number, holder="KOKKMAS", mapping=PRESETS["bca"], on=on, by=coop.treasurer
        )
    text = "Bukti kas keluar di atas Rp 1.000.000 disetujui dua pengurus, di atas Rp 5.000.000 dengan keputusan."
    put_in_force(
        SpendingRules,
        in_force_from=on,
        decided_in=decide(coop, "Batas pengeluaran", text, on=on),
        on=on,
        by=coop.chair,
        alone_up_to=10_000_000,
        limits=[{"kind": "voucher", "channel": "", "alone_up_to": 1_000_000, "decision_above": 5_000_000}],
    )
    for unit, channel, amount, purpose in GRANTS:
        voucher(coop, unit, "grant or donation", "Dinas Koperasi", purpose, amount, channel=channel, on=on)
    for name, unit, category, payee, amount, channel, day in TEMPLATES:
        services.save_template(
            name=name, unit=unit, category=_category(category), payee=payee, purpose=name, amount=amount,
            channel=channel, day_of_month=day, by=coop.treasurer,
        )  # fmt: skip


def voucher(coop, unit, category, payee, purpose, amount, *, on, channel=Channel.CASH):
    """Post a voucher of the story, or ask for a second approval."""
    return services.record_voucher(
        unit=unit,
        category=_category(category),
        payee=payee,
        purpose=purpose,
        amount=amount,
        channel=channel,
        on=on,
        by=coop.treasurer,
    )


def post_templates(coop: Cooperative, *, on: datetime.date) -> None:
    """What comes on this day of every month."""
    for template in VoucherTemplate.objects.filter(day_of_month=on.day):
        services.post_template(template, on=on, by=coop.treasurer)


def stall(coop: Cooperative, *, on: datetime.date) -> None:
    """The stall at the meeting takes QRIS; two days later the bank passes it on less 0.3 %."""
    voucher(
        coop, Unit.UMUM, "other income", "Pembeli di lapak rapat", "Sisa contoh di lapak", 250_000, on=on,
        channel=Channel.QRIS,
    )  # fmt: skip


def pass_on_qris(coop: Cooperative, *, on: datetime.date) -> None:
    accounts = {account.code: account for account in Account.objects.filter(unit=Unit.UMUM, code__in=chart.MONEY)}
    services.transfer(
        source=accounts[chart.QRIS], target=accounts[chart.BANK], amount=249_250, purpose="QRIS", on=on,
        by=coop.treasurer,
    )  # fmt: skip
    voucher(coop, Unit.UMUM, "bank charges", "BCA", "Biaya QRIS", 750, on=on, channel=Channel.QRIS)


def short_evening(coop: Cooperative, *, on: datetime.date) -> None:
    """One evening the box of the general unit holds Rp 2,000 less than the books say."""
    count(coop, Unit.UMUM, on=on, missing=2_000, reason="Uang kembalian keliru di meja bendahara")


def count(coop: Cooperative, unit: str, *, on: datetime.date, missing: int = 0, reason: str = "") -> CashCount:
    """Count the box in the largest notes; what no coin can pay is a difference."""
    left, pieces = account_balance(unit, chart.CASH, as_of=on) - missing, {}
    for value in DENOMINATIONS:
        pieces[value], left = divmod(left, value)
    return services.count_cash(
        unit=unit,
        pieces=pieces,
        witness=coop.secretary.name,
        reason=reason or "Pecahan di bawah Rp 100",
        on=on,
        by=coop.treasurer,
    )


def end_of_month(coop: Cooperative, month: datetime.date, *, on: datetime.date) -> None:
    """Both boxes counted as at the last day, both statements imported and matched, the fee entered from its line."""
    for unit in Unit.values:
        count(coop, unit, on=month_end(month))
    for bank in BankAccount.objects.select_related("account").order_by("pk"):
        import_statement(
            coop, bank, month, until=month_end(month), extra=[(month_end(month), "BIAYA ADM", -FEE)], on=on
        )
        voucher(
            coop, bank.unit, "bank charges", bank.bank, "Biaya administrasi", FEE, on=month_end(month), channel=BANK
        )
        pairs = {match.movement.pk: match.line.pk for match in proposals(bank, as_of=on)}
        services.confirm_matches(bank, pairs=pairs, on=on, by=coop.treasurer)


def import_statement(coop, bank: BankAccount, month: datetime.date, *, until: datetime.date, extra=(), on) -> None:
    """The file of the bank: every line of the books in the month until a day, and what only the bank knows."""
    lines = Line.objects.filter(account=bank.account, date__range=(month, until)).select_related("entry")
    rows = [(line.date, line.entry.memo.upper().replace(",", " "), line.debit - line.credit) for line in lines]
    rows = sorted([*rows, *extra], key=lambda row: row[0])
    opening = account_balance(bank.unit, bank.account.code, as_of=month - DAY)
    body = [f"'{day:%d/%m/%Y},{text},'0000,\"{abs(sum):,}.00 {'CR' if sum > 0 else 'DB'}\"," for day, text, sum in rows]
    head = [f"No. rekening : {bank.number}", f"Periode : {month:%d/%m/%Y} - {until:%d/%m/%Y}", ""]
    foot = ["", f"Saldo Awal : {opening}.00"]
    content = "\n".join([*head, "Tanggal,Keterangan,Cabang,Jumlah,Saldo", *body, *foot]).encode()
    services.import_statement(bank, content=content, on=on, by=coop.treasurer)


def roof(coop: Cooperative, *, on: datetime.date) -> None:
    """Two payments above the limit: the roof is confirmed by the chair, a year of warehouse rent is refused."""
    asked = [
        voucher(coop, Unit.UMUM, "repairs and upkeep", "Pak Tukang Slamet", "Perbaikan atap balai", 1_250_000, on=on),
        voucher(coop, Unit.UMUM, "rent", "Bu Sastro", "Sewa gudang setahun", 4_000_000, on=on),
    ]
    services.confirm_payment(asked[0], on=on + DAY, by=coop.chair)
    services.decline_payment(asked[1], reason="Terlalu mahal; tawar dulu, bahas di rapat.", on=on + DAY, by=coop.chair)


def leave_open(coop: Cooperative, *, on: datetime.date) -> PaymentRequest:
    """What lies on the treasurer's and the chair's table: bank movements to match, a payment to confirm."""
    month = on.replace(day=1)
    banks = BankAccount.objects.select_related("account").order_by("pk")
    for bank in banks if on.day > 2 else []:  # on the second the month before is reconciled
        import_statement(coop, bank, month, until=on, extra=[(on, "BUNGA", 4_210)], on=on)
    return voucher(coop, Unit.UMUM, "equipment and machines", "Toko Mesin Jaya", "Mesin seset bekas", 1_750_000, on=on)


def plan(diary, coop: Cooperative, month: datetime.date) -> None:
    """The calendar of a month for cash and bank."""
    for day in sorted({day for *_rest, day in TEMPLATES}):
        diary.write(month.replace(day=day), lambda on: post_templates(coop, on=on))
    if month == add_months(diary.last.replace(day=1), -8):
        diary.write(month.replace(day=17), lambda on: roof(coop, on=on))
    if month == add_months(diary.last.replace(day=1), -5):
        diary.write(month.replace(day=12), lambda on: short_evening(coop, on=on))
    diary.write(month.replace(day=13), lambda on: stall(coop, on=on))
    diary.write(month.replace(day=15), lambda on: pass_on_qris(coop, on=on))
    diary.write(add_months(month, 1).replace(day=2), lambda on: end_of_month(coop, month, on=on))


def _category(name: str) -> VoucherCategory:
    return VoucherCategory.objects.get(name=name)
