"""Vouchers: money in and money out that no room posts, numbered without gaps, with the bill as a photo or PDF."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import StoredFile, User
from core.money import format_rupiah
from core.services import store
from core.uploads import Upload
from ledger import services as ledger
from ledger.channels import account_of
from treasury.errors import TreasuryRefused
from treasury.models import PaymentKind, PaymentRequest, Voucher, VoucherCategory, VoucherTemplate
from treasury.models.voucher import SERIES, Direction
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
) -> Voucher | PaymentRequest:
    """Post money in or out, as the category says. Money out above the limit waits for a second approval instead.

    Raises TreasuryRefused where the category is no longer offered, and LedgerRefused as posting does.
    """
    if not category.is_active:
        raise TreasuryRefused(_("This category is no longer offered. Choose another."), field="category")
    kept = store(paper, by=by) if paper else None
    facts = {"unit": unit, "category": category.pk}
    if category.direction == Direction.IN:
        return post_voucher(
            amount=amount, channel=channel, payee=payee, purpose=purpose, paper=kept, on=on, by=by, **facts
        )
    return pay(
        PaymentKind.VOUCHER,
        amount=amount,
        channel=channel,
        payee=payee,
        purpose=purpose,
        paper=kept,
        on=on,
        by=by,
        **facts,
    )


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
        on=on,
        by=by,
    )
    audit.record("voucher.posted", voucher, by=by, amount=format_rupiah(amount), payee=payee, purpose=purpose)
    return voucher


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
def save_template(*, by: User, template: VoucherTemplate | None = None, **facts) -> VoucherTemplate:
    """Keep a voucher that comes again, or change one. Raises TreasuryRefused where its name is taken."""
    others = VoucherTemplate.objects.filter(name__iexact=facts["name"].strip())
    if others.exclude(pk=template and template.pk).exists():
        raise TreasuryRefused(_("There is a template of this name already."), field="name")
    template = template or VoucherTemplate()
    for name, value in facts.items():
        setattr(template, name, value.strip() if isinstance(value, str) else value)
    template.direction = template.category.direction
    template.save()
    return template


@transaction.atomic
def end_template(template: VoucherTemplate, *, on: datetime.date, by: User) -> VoucherTemplate:
    """Offer a template no more."""
    template.ended_on = on
    template.save(update_fields=["ended_on"])
    return template
