"""What is paid on many loans on one day, booked at once: the sheet of a meeting."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, sql
from core.errors import ManyRefused, Refused
from core.models import User
from ledger import services as ledger
from ledger.channels import Channel
from ledger.models import Receipt, Unit
from loans import queries
from loans.arithmetic.allocation import Part, allocate
from loans.arithmetic.schedule import Method
from loans.models import Loan, Repayment, RepaymentPart, ScheduleVersion
from loans.services.common import State, money_in
from loans.services.repayment import repay
from loans.services.replay import of_loans, sums


@dataclass(frozen=True)
class Instalment:
    """What comes in for one loan. The receipt is shared with other payments of the member."""

    loan: Loan
    amount: int
    through: str
    receipt: Receipt


@transaction.atomic
def repay_all(paid: Sequence[Instalment], *, on: datetime.date, by: User) -> list[Repayment]:
    """Receive money for many loans, under receipts that are there already.

    What pays no more than is due, and neither ends its loan nor comes before something that is written already, is
    booked together in so many statements, however many they are; the rest one by one as `repay` does it. Refuses what
    `repay` refuses, with all its sentences at once (ManyRefused, by member), and then books nothing.
    """
    loans = Loan.objects.select_for_update(no_key=True, of=["self"]).select_related("member__user", "rules__product")
    loans = {loan.pk: loan for loan in loans.filter(pk__in={each.loan.pk for each in paid}).order_by("pk")}
    plain = _plain(paid, loans, on=on, by=by)
    booked, refused = _book(plain, loans, on=on, by=by), {}
    for each in paid:
        if each.loan.pk in plain:
            continue
        try:
            facts = {"amount": each.amount, "through": each.through, "receipt": each.receipt}
            booked.append(repay(each.loan, on=on, by=by, **facts))
        except Refused as refusal:
            refused[loans[each.loan.pk].member_id] = str(refusal)
    if refused:
        raise ManyRefused(refused)
    return booked


def _plain(paid, loans, *, on, by) -> dict[int, tuple[Instalment, list[Part]]]:
    """The payments that settle what is due and change nothing else, each with its parts, by loan."""
    later = set(Repayment.objects.unreversed().filter(loan__in=loans, paid_on__gt=on).values_list("loan_id", flat=True))
    later |= set(ScheduleVersion.objects.filter(loan__in=loans, in_force_from__gt=on).values_list("loan_id", flat=True))
    simple = [
        loan
        for loan in loans.values()
        if loan.state == State.RUNNING
        and loan.disbursed_on <= on
        and loan.rules.method != Method.DAILY
        and loan.member.user_id != by.pk
        and loan.pk not in later
    ]
    positions = queries.positions(simple, as_of=on)
    found = {}
    for each in paid:
        position = positions.get(each.loan.pk)
        if position is None or each.through == Channel.SAVINGS or each.loan.pk in found:
            found.pop(each.loan.pk, None)
            continue
        if 0 < each.amount <= position.due and each.amount < position.principal:
            terms = queries.agreement_of(position.loan, None)
            debts = [row.debt for row in position.rows]
            parts, _rest = allocate(each.amount, debts, order=terms.order, across=terms.across)
            found[each.loan.pk] = (each, parts)
    return found


def _book(plain, loans, *, on, by) -> list[Repayment]:
    """Entries, payments and their parts, the lines in the trail."""
    pks = dict(zip(plain, sql.next_pks(Repayment, len(plain)), strict=True))
    reference = "repayment:{}:received"
    kinds = {pk: sums(parts) for pk, (_each, parts) in plain.items()}
    entries = ledger.post_many(
        [
            (
                reference.format(pks[pk]),
                _("Repayment of loan {number} by {name}").format(number=loans[pk].number, name=loans[pk].member.name),
                [
                    money_in(loans[pk], each.through, each.amount),
                    *(of_loans(kind, part, loans[pk]) for kind, part in kinds[pk].items() if part),
                ],
            )
            for pk, (each, _parts) in plain.items()
        ],
        unit=Unit.USP,
        on=on,
        by=by,
    )
    repayments = Repayment.objects.bulk_create(
        Repayment(
            pk=pks[pk],
            loan=loans[pk],
            paid_on=on,
            valued_on=on,
            amount=each.amount,
            through=each.through,
            received_by=by,
            entry=entries[reference.format(pks[pk])],
            receipt=each.receipt,
        )
        for pk, (each, _parts) in plain.items()
    )
    RepaymentPart.objects.bulk_create(
        RepaymentPart(
            repayment_id=pks[pk],
            instalment_id=part.key.key,
            principal=part.principal,
            interest=part.interest,
            fee=part.fee,
            penalty=part.penalty,
        )
        for pk, (_each, parts) in plain.items()
        for part in parts
    )
    ledger.put_under((row.receipt, row.entry, row.amount) for row in repayments)
    trail = [(row.loan, {"amount": row.amount, "on": on, **kinds[row.loan_id]}) for row in repayments]
    audit.record_all("loan.repaid", trail, by=by)
    return repayments
