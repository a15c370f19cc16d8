"""The money of a joint purchase: members pay their shares, the cooperative pays the supplier."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, sql
from core.models import User
from core.money import format_rupiah
from core.notices import tell
from core.permissions import Permission
from ledger import chart
from ledger import services as ledger
from ledger.models import Receipt
from ledger.models import Unit as Books
from members.models import Member
from savings import services as savings
from stock import queries
from stock.models import JointPayment, JointPurchase, JointStep
from stock.services.common import StockRefused
from stock.services.joint import locked, post, refuse_before, refuse_unless, require, url_of

Kind = JointStep.Kind


@transaction.atomic
def pay_share(
    purchase: JointPurchase, *, member: Member, amount: int, way: str, on: datetime.date, by: User
) -> JointPayment:
    """A member pays his share or a part of it: in cash, or out of his voluntary savings."""
    purchase, steps = locked(purchase)
    require(Permission.STOCK_PAY, by)
    if by.pk == member.user_id:
        raise StockRefused(_("Another officer must receive your own money."))
    owed = queries.unpaid(purchase).get(member.pk, 0)
    if not 0 < amount <= owed:
        raise StockRefused(
            _("{member} still owes {amount}. Write that much or less.").format(
                member=member.name, amount=format_rupiah(owed)
            ),
            field="amount",
        )
    step = steps[Kind.SHARED]
    refuse_before(step, on, _("It cannot be paid before it was shared out."))
    in_cash = way == JointPayment.Way.CASH
    payment = JointPayment(pk=sql.next_pk(JointPayment), step=step, member=member, amount=amount, way=way, on=on, by=by)
    payment.entry = ledger.post_entry(
        unit=Books.UMUM,
        on=on,
        reference=f"joint:{purchase.pk}:share:{payment.pk}",
        memo=_("{purpose}: {member} pays").format(purpose=purchase, member=member.name)[:200],
        lines=[
            ledger.debit(chart.CASH if in_cash else chart.INTER_UNIT, amount),
            ledger.credit(chart.MEMBER_RECEIVABLES, amount, member=member),
        ],
        by=by,
    )
    if in_cash:
        ledger.issue_receipt(
            payment.entry,
            party=member.name,
            member=member,
            purpose=_("Share of the joint purchase: {purpose}").format(purpose=purchase),
            amount=amount,
            direction=Receipt.Direction.IN,
            by=by,
        )
    else:
        payment.savings = savings.withdraw(member, kind="voluntary", amount=amount, on=on, by=by, to=chart.INTER_UNIT)
    payment.save(force_insert=True)
    audit.record("joint.share_paid", purchase, by=by, member=member.name, amount=amount)
    tell(
        member.user,
        _("{purpose}: {amount} of your share is paid.").format(purpose=purchase, amount=format_rupiah(amount)),
        url=url_of(purchase),
    )
    return payment


@transaction.atomic
def pay_supplier(purchase: JointPurchase, *, on: datetime.date, by: User) -> JointStep:
    """The cooperative pays the supplier what it owes. Not by the officer who chose him (four eyes)."""
    purchase, steps = locked(purchase)
    require(Permission.STOCK_PAY, by)
    refuse_unless(Kind.RECEIVED in steps, _("Nothing has arrived yet."))
    refuse_unless(Kind.PAID not in steps, _("The supplier is paid already."))
    if by.pk == steps[Kind.CHOSEN].by_id:
        raise StockRefused(_("You chose the supplier. Another officer must pay him."))
    refuse_before(steps[Kind.RECEIVED], on, _("It cannot be paid before it arrived."))
    total, supplier = queries.cost(purchase), steps[Kind.CHOSEN].supplier
    entry = post(
        purchase,
        Kind.PAID,
        _("{purpose}: paid to {supplier}").format(purpose=purchase, supplier=supplier),
        [ledger.debit(chart.SUPPLIERS_PAYABLE, total), ledger.credit(chart.CASH, total)],
        on,
        by,
    )
    step = JointStep.objects.create(purchase=purchase, kind=Kind.PAID, entry=entry, on=on, by=by)
    audit.record("joint.supplier_paid", purchase, by=by, supplier=supplier, amount=total)
    ledger.issue_receipt(
        entry,
        party=supplier.name,
        purpose=_("Material of the joint purchase: {purpose}").format(purpose=purchase),
        amount=total,
        direction=Receipt.Direction.OUT,
        by=by,
    )
    return step
