"""Planning programmes, signing up, recording their outcome, paying for them."""

import datetime
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from activities.errors import ActivityRefused
from activities.models import Participant, Programme, ProgrammeExpense
from activities.services.common import pay_from, reverse_paid
from core import audit, sql
from core.models import StoredFile, Topic, User
from core.notices import tell_all
from core.permissions import Permission
from governance.services.announcement import tell_members
from ledger import chart
from ledger.channels import Channel
from members import services as members
from members.models import Business, Member
from treasury.models import PaymentKind, PaymentRequest
from treasury.services import pay


@transaction.atomic
def plan_programme(*, on: datetime.date, by: User, **facts) -> Programme:
    """Plan an activity for a coming day, and tell the members."""
    if facts["planned_on"] < on:
        raise ActivityRefused(_("Plan it for today or a later day."), field="planned_on")
    programme = Programme.objects.create(planned_by=by, **facts)
    audit.record("programme.planned", programme, by=by, on=programme.planned_on)
    text = _("{title} on {day}, {place}. You can sign up.").format(
        title=programme.title, day=date_format(programme.planned_on, "j F Y"), place=programme.place
    )
    address = reverse("activities:programme", args=[programme.pk])
    tell_members(Topic.PROGRAMME, text, title=_("New programme"), url=address, on=on, by=by)
    return programme


@transaction.atomic
def join_programme(programme: Programme, member: Member, *, on: datetime.date, by: User) -> Participant:
    """Sign a member up; members do it themselves, the officers for those without a telephone.

    Raises ActivityRefused when it is over, full, or when the member is signed up already.
    """
    programme = _locked_open(programme)
    _refuse_acting_for(member, by)
    if not Member.objects.entered(as_of=on).filter(pk=member.pk).exists():
        raise ActivityRefused(_("Programmes are for members."))
    if programme.places is not None and programme.participants.count() >= programme.places:
        raise ActivityRefused(_("All {places} places are taken. Ask the secretary.").format(places=programme.places))
    try:
        with transaction.atomic():
            participant = Participant.objects.create(programme=programme, member=member, joined_on=on)
    except IntegrityError as error:
        raise ActivityRefused(_("{name} is signed up already.").format(name=member.name)) from error
    audit.record("programme.joined", programme, by=by, member=member, on=on)
    return participant


@transaction.atomic
def step_back(programme: Programme, member: Member, *, on: datetime.date, by: User) -> None:
    """Take a member off the list before the day."""
    programme = _locked_open(programme)
    _refuse_acting_for(member, by)
    gone, _each = programme.participants.filter(member=member).delete()
    if not gone:
        raise ActivityRefused(_("{name} is not signed up.").format(name=member.name))
    audit.record("programme.left", programme, by=by, member=member, on=on)


@transaction.atomic
def hold_programme(
    programme: Programme, *, came: Iterable[Member], result: str, on: datetime.date, by: User
) -> Programme:
    """Write down who came and what came of it. Those who came have the skill it teaches from now on.

    Those who came without signing up are recorded too. Raises ActivityRefused before its day and the second time.
    """
    programme = _locked_open(programme)
    if on < programme.planned_on:
        raise ActivityRefused(_("It is planned for a later day. Record the outcome after it was held."), field="on")
    if not result.strip():
        raise ActivityRefused(_("Describe the outcome: the meeting will ask for it."), field="result")
    present = {member.pk: member for member in came}
    programme.participants.update(came=False)
    programme.participants.filter(member__in=present).update(came=True)
    known = set(programme.participants.values_list("member_id", flat=True))
    Participant.objects.bulk_create(
        Participant(programme=programme, member=member, joined_on=on, came=True)
        for pk, member in present.items()
        if pk not in known
    )
    if programme.skill_id:
        for business in Business.objects.filter(member__in=present).prefetch_related("skills").order_by("pk"):
            names = {skill.name for skill in business.skills.all()}
            if programme.skill.name not in names:
                members.set_skills(business, skills=sorted(names | {programme.skill.name}), by=by)
    programme.held_on, programme.result = on, result.strip()
    programme.save(update_fields=["held_on", "result"])
    audit.record("programme.held", programme, by=by, count=len(present), on=on)
    return programme


@transaction.atomic
def cancel_programme(programme: Programme, *, reason: str, on: datetime.date, by: User) -> Programme:
    """Cancel it and notify those who signed up."""
    programme = _locked_open(programme)
    if not reason.strip():
        raise ActivityRefused(_("Give the reason: those who signed up will read it."), field="reason")
    programme.cancelled_on, programme.cancel_reason = on, reason.strip()
    programme.save(update_fields=["cancelled_on", "cancel_reason"])
    audit.record("programme.cancelled", programme, by=by, reason=reason, on=on)
    text = _("{title} is cancelled: {reason}").format(title=programme.title, reason=reason)
    address = reverse("activities:programme", args=[programme.pk])
    participants = programme.participants.select_related("member__user")
    tell_all((participant.member.user, text[:300], address) for participant in participants)
    return programme


@transaction.atomic
def pay_expense(
    programme: Programme,
    *,
    what: str,
    to: str,
    amount: int,
    source: str,
    on: datetime.date,
    by: User,
    channel: str = Channel.CASH,
) -> ProgrammeExpense | PaymentRequest:
    """Pay for a programme: from the general unit's running expenses, or from the education fund.

    Above what one officer may pay alone it waits for a second approval. Raises ActivityRefused for a programme that
    was cancelled, and for more than the fund holds.
    """
    if amount <= 0:
        raise ActivityRefused(_("The amount must be more than zero."), field="amount")
    _refuse_cancelled(programme)
    return pay(
        PaymentKind.PROGRAMME,
        amount=amount,
        channel=channel,
        payee=to,
        purpose=f"{programme.title}: {what}",
        on=on,
        by=by,
        programme=programme.pk,
        what=what,
        source=str(source),
    )


@transaction.atomic
def post_expense(
    *,
    programme: int,
    what: str,
    source: str,
    amount: int,
    channel: str,
    payee: str,
    purpose: str,
    on: datetime.date,
    by: User,
    paper: StoredFile | None = None,
) -> ProgrammeExpense:
    """Pay an expense of a programme: the hook `payments.programme`."""
    held = Programme.objects.select_for_update(no_key=True).get(pk=programme)
    _refuse_cancelled(held)
    pk = sql.next_pk(ProgrammeExpense)
    paid = pay_from(
        source,
        account=chart.TRAINING,
        amount=amount,
        channel=channel,
        reference=f"programme_expense:{pk}:paid",
        payee=payee,
        purpose=purpose,
        on=on,
        by=by,
    )
    facts = {"what": what, "to": payee, "amount": amount, "source": source, "channel": str(channel), "on": on}
    expense = ProgrammeExpense.objects.create(pk=pk, programme=held, by=by, **facts, **paid)
    audit.record("programme.paid", held, by=by, amount=amount, what=what, receipt=expense.receipt.number, on=on)
    return expense


@transaction.atomic
def reverse_expense(expense: ProgrammeExpense, *, on: datetime.date, reason: str, by: User) -> ProgrammeExpense:
    """Undo an expense that was paid wrongly. Never by who paid it."""
    rows = ProgrammeExpense.objects.select_for_update(no_key=True, of=["self"])
    expense = rows.select_related("entry", "fund_entry", "programme").get(pk=expense.pk)
    reverse_paid(expense, on=on, reason=reason, by=by)
    facts = {"amount": expense.amount, "what": expense.what, "reason": expense.reversal_reason}
    audit.record("programme.expense_reversed", expense.programme, by=by, on=on, **facts)
    return expense


def _refuse_cancelled(programme: Programme) -> None:
    if not programme.takes_expenses:
        raise ActivityRefused(_("This programme was cancelled. Pay what is still to be paid with a voucher."))


def _locked_open(programme: Programme) -> Programme:
    programme = (
        Programme.objects.select_for_update(no_key=True, of=["self"]).select_related("skill").get(pk=programme.pk)
    )
    if programme.held_on:
        raise ActivityRefused(
            _("It was held on {day}. Its record cannot be changed.").format(day=date_format(programme.held_on, "j F Y"))
        )
    if programme.cancelled_on:
        raise ActivityRefused(_("This programme was cancelled."))
    return programme


def _refuse_acting_for(member: Member, by: User) -> None:
    if member.user_id != by.pk and not by.can(Permission.PROGRAMME_PLAN):
        raise ActivityRefused(_("You can only sign yourself up."))
