"""What people do with loans. Every service locks the loan, checks, writes, posts and records, in this order."""

import datetime
from collections.abc import Sequence

from django.db import IntegrityError, connection, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import audit, sql
from core.models import User
from core.money import format_rupiah
from core.permissions import Permission
from ledger import chart
from ledger import services as ledger
from ledger.models import Unit
from ledger.services import credit, debit
from loans import queries, telling
from loans.allocation import allocate
from loans.eligibility import eligibility
from loans.models import Guarantor, Loan, LoanApproval, Repayment, RepaymentPart
from loans.refusals import (
    LoanRefused,
    last_payment,
    refuse_before,
    refuse_guarantors,
    refuse_own,
    refuse_stranger,
    refuse_without_guarantors,
    rules_on,
    shares,
)
from loans.rules import LoanProduct
from loans.schedule import Row
from members.models import Member

State = Loan.State
KINDS = ("principal", "interest", "penalty")
MONEY = {Loan.Through.CASH: chart.CASH, Loan.Through.BANK: chart.BANK}


# -- products --------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_product(*, code: str, name: str, description: str = "", by: User) -> LoanProduct:
    """Name a kind of loan. Its terms follow as LoanRules, by `governance.services.put_in_force`."""
    try:
        with transaction.atomic():
            product = LoanProduct.objects.create(code=code, name=name, description=description)
    except IntegrityError as error:
        raise LoanRefused(_("A product with this code or name is there already. Choose another.")) from error
    audit.record("loan_product.added", product, by=by)
    return product


# -- the application -------------------------------------------------------------------------------------------------


@transaction.atomic
def apply(
    member: Member,
    *,
    product: LoanProduct,
    principal: int,
    instalments: int,
    purpose: str,
    on: datetime.date,
    by: User,
    guarantors: Sequence[Member] = (),
) -> Loan:
    """Apply for a loan under the rules in force on `on`; by the member, or by an officer on the member's word.

    The rows of borrower and guarantors are locked, so two applications at once count each other. Raises LoanRefused
    with the first rules that fail, and for guarantors who are too few, the borrower, no members, or promised to
    others already.
    """
    member, guarantors = _locked_people(member, guarantors)
    if member.user_id != by.pk and not by.can(Permission.LOAN_LIST):
        raise LoanRefused(_("You can apply for a loan for yourself only."))
    rules = rules_on(product, on)
    failed = [
        check
        for check in eligibility(member, product=product, principal=principal, instalments=instalments, as_of=on)
        if not check.passed
    ]
    if failed:
        raise LoanRefused(
            _("The loan cannot be applied for yet.") + " " + " ".join(check.explanation for check in failed)
        )
    refuse_guarantors(member, guarantors, rules, principal, on)
    loan = Loan.objects.create(
        number=f"PJ-{on.year}-{ledger.next_number('PJ', on=on):04}",
        member=member,
        rules=rules,
        principal=principal,
        instalments=instalments,
        purpose=purpose,
        applied_on=on,
        applied_by=by,
    )
    asked = Guarantor.objects.bulk_create(
        Guarantor(loan=loan, member=guarantor, amount=share)
        for guarantor, share in zip(guarantors, shares(principal, guarantors), strict=True)
    )
    audit.record("loan.applied", loan, by=by, member=member, principal=principal, instalments=instalments, on=on)
    telling.applied(loan, asked)
    return loan


@transaction.atomic
def withdraw(loan: Loan, *, on: datetime.date, by: User) -> Loan:
    """Take an application back before money flows; by the borrower or whoever wrote it down."""
    loan = _locked(loan, State.WAITING, State.APPROVED)
    if by.pk not in (loan.member.user_id, loan.applied_by_id):
        raise LoanRefused(_("Only the borrower, or whoever wrote the application down, can take it back."))
    refuse_before(on, loan.approved_on or loan.applied_on)
    loan.withdrawn_on = on
    loan.save(update_fields=["withdrawn_on"])
    audit.record("loan.withdrawn", loan, by=by, on=on)
    return loan


@transaction.atomic
def consent(guarantor: Guarantor, *, on: datetime.date, by: User) -> Guarantor:
    """Say yes to standing for a loan. Nobody says it for somebody else.

    Raises LoanRefused when it was answered, when the loan is no longer waiting, or when own savings do not reach.
    """
    guarantor, loan = _asked(guarantor, by)
    refuse_before(on, loan.applied_on)
    capacity = queries.guarantee_capacity(guarantor.member, loan.rules, as_of=on)
    if capacity is not None and capacity < 0:
        raise LoanRefused(_("Your savings no longer reach for this guarantee. Answer no, or save more first."))
    guarantor.consented_on = on
    guarantor.save(update_fields=["consented_on"])
    audit.record("loan.guaranteed", loan, by=by, amount=guarantor.amount, on=on)
    telling.guaranteed(guarantor)
    return guarantor


@transaction.atomic
def decline(guarantor: Guarantor, *, on: datetime.date, by: User) -> Guarantor:
    """Say no to standing for a loan; no reason is asked for."""
    guarantor, loan = _asked(guarantor, by)
    refuse_before(on, loan.applied_on)
    guarantor.declined_on = on
    guarantor.save(update_fields=["declined_on"])
    audit.record("loan.guarantee_declined", loan, by=by, on=on)
    telling.declined(guarantor)
    return guarantor


# -- the decision ----------------------------------------------------------------------------------------------------


@transaction.atomic
def approve(loan: Loan, *, on: datetime.date, by: User) -> Loan:
    """Say yes as an officer. Above the tier of the rules the second officer's yes grants the loan.

    Raises LoanRefused for the borrower, for whoever wrote the application, for an officer who said yes before, and
    while guarantors are missing.
    """
    loan = _locked(loan, State.WAITING)
    refuse_own(loan, by)
    refuse_before(on, loan.applied_on)
    refuse_stranger(loan.member, on)
    if loan.approvals.filter(by=by).exists():
        raise LoanRefused(_("You have approved this loan already. It needs the yes of another officer."))
    refuse_without_guarantors(loan)
    LoanApproval.objects.create(loan=loan, by=by, on=on)
    given, needed = loan.approvals.count(), loan.rules.approvals_needed(loan.principal)
    if given < needed:
        audit.record("loan.seconded", loan, by=by, on=on)
        return loan
    loan.approved_on = on
    loan.save(update_fields=["approved_on"])
    audit.record("loan.approved", loan, by=by, on=on, principal=loan.principal)
    telling.approved(loan)
    return loan


@transaction.atomic
def refuse(loan: Loan, *, reason: str, on: datetime.date, by: User) -> Loan:
    """Turn an application down, with the reason the borrower will read."""
    loan = _locked(loan, State.WAITING)
    refuse_own(loan, by)
    refuse_before(on, loan.applied_on)
    if not reason.strip():
        raise LoanRefused(_("Write the reason: the borrower will read it."), field="reason")
    loan.refused_on, loan.refused_by, loan.refusal_reason = on, by, reason
    loan.save(update_fields=["refused_on", "refused_by", "refusal_reason"])
    audit.record("loan.refused", loan, by=by, reason=reason, on=on)
    telling.refused(loan)
    return loan


# -- the money -------------------------------------------------------------------------------------------------------


@transaction.atomic
def disburse(
    loan: Loan,
    *,
    on: datetime.date,
    by: User,
    first_due_on: datetime.date | None = None,
    through: str = Loan.Through.CASH,
) -> Loan:
    """Pay out an approved loan net of its fees: schedule, one entry, numbered receipt.

    Raises LoanRefused for the borrower and for whoever approved it (four eyes), and for a first due date that does
    not follow the disbursement.
    """
    loan = _locked(loan, State.APPROVED)
    if loan.member.user_id == by.pk:
        raise LoanRefused(_("Nobody pays a loan out to themselves. Ask another officer."))
    if loan.approvals.filter(by=by).exists():
        raise LoanRefused(_("You approved this loan, so somebody else must pay it out (four eyes)."))
    refuse_before(on, loan.approved_on)
    refuse_stranger(loan.member, on)
    if first_due_on is not None and first_due_on <= on:
        raise LoanRefused(_("The first instalment falls due after the day of disbursement."), field="first_due_on")
    loan.disbursed_on, loan.disbursed_by, loan.first_due_on = on, by, first_due_on
    loan.administration_fee = loan.rules.administration_fee
    loan.provision = loan.rules.provision(loan.principal)
    loan.entry = ledger.post_entry(
        unit=Unit.USP,
        on=on,
        reference=f"loan:{loan.pk}:disbursed",
        memo=_("Loan {number} to {name}").format(number=loan.number, name=loan.member.name),
        lines=[
            debit(chart.LOANS_RECEIVABLE, loan.principal, member=loan.member),
            *_unless_zero(credit, chart.ADMINISTRATION_FEES, loan.administration_fee),
            *_unless_zero(credit, chart.PROVISION_FEES, loan.provision),
            credit(MONEY[through], loan.net),
        ],
        by=by,
    )
    store_schedules([(loan, queries.plan(loan).rows)])
    audit.record("loan.disbursed", loan, by=by, on=on, principal=loan.principal, fees=loan.fees, net=loan.net)
    telling.disbursed(loan)
    loan.receipt = ledger.issue_receipt(
        loan.entry,
        party=loan.member.name,
        member=loan.member,
        purpose=_("Loan {number}").format(number=loan.number),
        amount=loan.net,
        direction="out",
        by=by,
    )
    loan.save(
        update_fields=[
            "disbursed_on",
            "disbursed_by",
            "first_due_on",
            "administration_fee",
            "provision",
            "entry",
            "receipt",
        ]
    )
    return loan


@transaction.atomic
def repay(loan: Loan, *, amount: int, on: datetime.date, by: User, through: str = Loan.Through.CASH) -> Repayment:
    """Receive money for a loan: oldest instalment first, within it in the order of the rules, penalties included.

    One entry and one receipt; the loan's row is locked. Raises LoanRefused for more than is owed (with the exact
    amount), for a day before the disbursement or before a payment that came since, and for the borrower as receiver.
    """
    loan = _locked(loan, State.RUNNING)
    if loan.member.user_id == by.pk:
        raise LoanRefused(_("Nobody receives a payment from themselves. Ask another officer."))
    refuse_before(on, loan.disbursed_on)
    last = last_payment(loan)
    if last and on < last.paid_on:
        raise LoanRefused(
            _("A later payment of {day} is in the books. Use that day or a later one, or reverse it first.").format(
                day=date_format(last.paid_on, "j F Y")
            ),
            field="on",
        )
    owed = queries.position(loan, as_of=on)
    parts, rest = allocate(amount, owed.debts, order=loan.rules.allocation_order, across=loan.rules.allocation_across)
    if rest or not parts:
        raise LoanRefused(
            _("Only {owed} is owed on this day. Take exactly that, or less.").format(owed=format_rupiah(owed.total)),
            field="amount",
        )
    principal, interest, penalty = (sum(getattr(part, kind) for part in parts) for kind in KINDS)
    pk = sql.next_pk(Repayment)
    entry = ledger.post_entry(
        unit=Unit.USP,
        on=on,
        reference=f"repayment:{pk}:received",
        memo=_("Repayment of loan {number} by {name}").format(number=loan.number, name=loan.member.name),
        lines=[
            debit(MONEY[through], amount),
            *_unless_zero(credit, chart.LOANS_RECEIVABLE, principal, member=loan.member),
            *_unless_zero(credit, chart.LOAN_INTEREST, interest),
            *_unless_zero(credit, chart.PENALTIES, penalty),
        ],
        by=by,
    )
    audit.record(
        "loan.repaid", loan, by=by, amount=amount, principal=principal, interest=interest, penalty=penalty, on=on
    )
    if amount == owed.total:
        loan.settled_on = on
        loan.save(update_fields=["settled_on"])
        audit.record("loan.settled", loan, by=by, on=on)
    receipt = ledger.issue_receipt(
        entry,
        party=loan.member.name,
        member=loan.member,
        purpose=_("Repayment of loan {number}").format(number=loan.number),
        amount=amount,
        direction="in",
        by=by,
    )
    repayment = Repayment.objects.create(
        pk=pk, loan=loan, paid_on=on, amount=amount, through=through, received_by=by, entry=entry, receipt=receipt
    )
    RepaymentPart.objects.bulk_create(
        RepaymentPart(
            repayment=repayment,
            instalment_id=part.key,
            principal=part.principal,
            interest=part.interest,
            penalty=part.penalty,
        )
        for part in parts
    )
    return repayment


@transaction.atomic
def reverse_repayment(repayment: Repayment, *, reason: str, on: datetime.date, by: User) -> Repayment:
    """Undo a payment that was written down wrongly: the debt is back as if it had not come. The last one first.

    Not by whoever received it (four eyes), and never after it was reversed once.
    """
    loan = _locked(repayment.loan, State.RUNNING, State.SETTLED)
    repayment = (
        Repayment.objects.select_for_update(no_key=True, of=["self"]).select_related("entry").get(pk=repayment.pk)
    )
    if repayment.reversed_on:
        raise LoanRefused(_("This payment was reversed already."))
    if repayment.received_by_id == by.pk:
        raise LoanRefused(_("Whoever received a payment does not reverse it. Ask the chair or the other officer."))
    if not reason.strip():
        raise LoanRefused(_("Write the reason: it stands in the books beside the reversal."), field="reason")
    if last_payment(loan).pk != repayment.pk:
        raise LoanRefused(_("A later payment was settled after this one. Reverse the later one first."))
    refuse_before(on, repayment.paid_on)
    ledger.reverse(repayment.entry, on=on, reason=reason, by=by)
    repayment.reversed_on, repayment.reversed_by, repayment.reversal_reason = on, by, reason
    repayment.save(update_fields=["reversed_on", "reversed_by", "reversal_reason"])
    if loan.settled_on:
        loan.settled_on = None
        loan.save(update_fields=["settled_on"])
    audit.record("loan.repayment_reversed", loan, by=by, amount=repayment.amount, reason=reason, on=on)
    return repayment


def store_schedules(schedules: Sequence[tuple[Loan, Sequence[Row]]], *, version: int = 1) -> None:
    """Write the instalments of one loan or of a hundred thousand in one statement."""
    flat = [(loan.pk, row) for loan, rows in schedules for row in rows]
    facts = {
        "version": version,
        "loans": [pk for pk, _row in flat],
        "numbers": [row.number for _pk, row in flat],
        "due": [row.due_on for _pk, row in flat],
        "principals": [row.principal for _pk, row in flat],
        "interests": [row.interest for _pk, row in flat],
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.text("loans/sql/store_schedules.sql"), facts)


# -- the row under lock ---------------------------------------------------------------------------------------------


def _unless_zero(side, code, amount, **facts):
    return [side(code, amount, **facts)] if amount else []


def _locked(loan: Loan, *expected: str) -> Loan:
    """The loan as it is now, locked, or a refusal that says what happened to it meanwhile."""
    loan = (
        Loan.objects.select_for_update(no_key=True, of=["self"])
        .select_related("member__user", "rules__product")
        .get(pk=loan.pk)
    )
    if loan.state not in expected:
        raise LoanRefused(
            _("Loan {number} is {state} now. Open it again to see what happened.").format(
                number=loan.number, state=loan.state_label
            )
        )
    return loan


def _locked_people(borrower: Member, guarantors: Sequence[Member]) -> tuple[Member, list[Member]]:
    """Borrower and guarantors as they are now, locked in one order whoever asks whom."""
    wanted = {borrower.pk, *(guarantor.pk for guarantor in guarantors)}
    people = Member.objects.select_for_update(no_key=True, of=["self"]).select_related("user").order_by("pk")
    rows = {person.pk: person for person in people.filter(pk__in=wanted)}
    return rows[borrower.pk], [rows[guarantor.pk] for guarantor in guarantors]


def _asked(guarantor: Guarantor, by: User) -> tuple[Guarantor, Loan]:
    loan = _locked(guarantor.loan, State.WAITING)
    guarantor = (
        Guarantor.objects.select_for_update(no_key=True, of=["self"]).select_related("member").get(pk=guarantor.pk)
    )
    if guarantor.member.user_id != by.pk:
        raise LoanRefused(_("Only {name} can answer this.").format(name=guarantor.member.name))
    if guarantor.consented_on or guarantor.declined_on:
        raise LoanRefused(_("You have answered this request already."))
    return guarantor, loan
