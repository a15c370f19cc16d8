"""Vouchers: money in and money out that no room posts, numbered without gaps, with the bill as a photo or PDF."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, dates
from core.dates import month_name
from core.models import StoredFile, User
from core.money import format_rupiah
from core.services import store
from core.uploads import Upload
from ledger import services as ledger
from ledger.channels import account_of
from treasury.errors import TreasuryRefused
from treasury.models import PaymentKind, PaymentRequest, Voucher, VoucherCategory, VoucherPaper, VoucherTemplate
from treasury.models.voucher import SERIES, Direction
from treasury.queries.voucher import about
from treasury.services.spending import pay


@transaction.atomic
def record_voucher(
    *,
    unit: str,
    category: VoucherCategory,
    payee: str,
    purpose: str,
    amount: int,
    channel: str,
    on: datetime.date,
    by: User,
    paper: Upload | None = None,
    template: VoucherTemplate | None = None,
) -> Voucher | PaymentRequest:
    """Post money in or out, as the category says. Money out above the limit waits for a second approval instead.

    Raises TreasuryRefused where the category is no longer offered or the month of the template has its voucher, and
    LedgerRefused as posting does.
    """
    if not category.is_active:
        raise TreasuryRefused(_("This category is no longer offered. Choose another."), field="category")
    due_month = _month_to_post(template, on) if template and template.day_of_month else None
    facts = {
        "amount": amount,
        "channel": channel,
        "payee": payee,
        "purpose": purpose,
        "paper": store(paper, by=by) if paper else None,
        "on": on,
        "by": by,
        "unit": unit,
        "category": category.pk,
        "template": template and template.pk,
        "due_month": due_month and due_month.isoformat(),
    }
    if category.direction == Direction.IN:
        return post_voucher(**facts)
    return pay(PaymentKind.VOUCHER, about=about(template, due_month) if due_month else "", **facts)


@transaction.atomic
def post_voucher(
    *,
    unit: str,
    category: int,
    payee: str,
    purpose: str,
    amount: int,
    channel: str,
    paper: StoredFile | None,
    on: datetime.date,
    by: User,
    template: int | None = None,
    due_month: str | None = None,
) -> Voucher:
    """Number and post a voucher: the hook `payments.voucher`, and money in."""
    kind = VoucherCategory.objects.get(pk=category)
    into = kind.direction == Direction.IN
    series = SERIES[Direction(kind.direction)]
    money, other = account_of(channel), kind.account_code
    lines = [ledger.debit(money, amount), ledger.credit(other, amount)]
    if not into:
        lines = [ledger.debit(other, amount), ledger.credit(money, amount)]
    number = f"{series}-{on.year}-{ledger.next_number(series, on=on):04}"
    entry = ledger.post_entry(
        unit=unit, on=on, reference=f"voucher:{number}", memo=f"{purpose}, {payee}"[:200], lines=lines, by=by
    )
    voucher = Voucher.objects.create(
        number=number,
        direction=kind.direction,
        unit=unit,
        category=kind,
        payee=payee[:120],
        purpose=purpose[:200],
        amount=amount,
        channel=str(channel),
        paper=paper,
        entry=entry,
        template_id=template,
        due_month=due_month and datetime.date.fromisoformat(due_month),
        on=on,
        by=by,
    )
    audit.record("voucher.posted", voucher, by=by, amount=format_rupiah(amount), payee=payee, purpose=purpose)
    return voucher


def post_template(template: VoucherTemplate, *, on: datetime.date, by: User) -> Voucher | PaymentRequest:
    """Post a voucher that comes again as its template has it, with one tap. TreasuryRefused without an amount."""
    if template.amount is None or template.ended_on:
        raise TreasuryRefused(_("This template has no amount, or has ended. Fill the voucher in."))
    facts = {name: getattr(template, name) for name in ("unit", "category", "payee", "purpose", "amount")}
    return record_voucher(channel=template.way, template=template, on=on, by=by, **facts)


def _month_to_post(template: VoucherTemplate, on: datetime.date) -> datetime.date:
    """The month that a voucher of `on` is for; two officers who tap at once follow one another here."""
    VoucherTemplate.objects.select_for_update(no_key=True).get(pk=template.pk)
    month = dates.month_start(on)
    if Voucher.objects.unreversed().filter(template=template, due_month=month).exists():
        raise TreasuryRefused(
            _("“{name}” has its voucher for {month} already.").format(name=template.name, month=month_name(month))
        )
    return month


@transaction.atomic
def add_paper(voucher: Voucher, *, file: Upload, on: datetime.date, by: User) -> VoucherPaper:
    """Keep a further photo or PDF with a voucher."""
    added = VoucherPaper.objects.create(voucher=voucher, file=store(file, by=by), on=on, by=by)
    audit.record("voucher.paper_added", voucher, by=by)
    return added


@transaction.atomic
def reverse_voucher(voucher: Voucher, *, reason: str, on: datetime.date, by: User) -> Voucher:
    """Undo a voucher with its entry; it keeps its number. Never by whoever posted it."""
    voucher = Voucher.objects.select_for_update(no_key=True, of=["self"]).select_related("entry").get(pk=voucher.pk)
    changed = voucher.mark_reversed(on=on, by=by, reason=reason, refused=TreasuryRefused)
    ledger.reverse(voucher.entry, on=on, reason=voucher.reversal_reason, by=by)
    voucher.save(update_fields=changed)
    audit.record(
        "voucher.reversed", voucher, by=by, amount=format_rupiah(voucher.amount), reason=voucher.reversal_reason
    )
    return voucher


@transaction.atomic
def save_template(*, by: User, template: VoucherTemplate | None = None, channel: str, **facts) -> VoucherTemplate:
    """Keep a voucher that comes again, or change one. Raises TreasuryRefused where its name is taken."""
    others = VoucherTemplate.objects.filter(name__iexact=facts["name"].strip())
    if others.exclude(pk=template and template.pk).exists():
        raise TreasuryRefused(_("There is a template of this name already."), field="name")
    template = template or VoucherTemplate()
    for name, value in facts.items():
        setattr(template, name, value.strip() if isinstance(value, str) else value)
    template.direction = template.category.direction
    template.channel, template.account_code = str(channel), account_of(channel)
    template.save()
    audit.record("template.saved", template, by=by, amount=template.amount and format_rupiah(template.amount))
    return template


@transaction.atomic
def end_template(template: VoucherTemplate, *, on: datetime.date, by: User) -> VoucherTemplate:
    """Offer a template no more."""
    template.ended_on = on
    template.save(update_fields=["ended_on"])
    audit.record("template.ended", template, by=by)
    return template
