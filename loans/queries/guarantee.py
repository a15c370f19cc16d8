"""Who guarantees whose loan, for how much, who is asked to, and what somebody can still guarantee."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from core.money import split
from loans.models import Guarantor, Loan, LoanRules, RenewedGuarantee, Restructuring
from members.models import Member
from savings import queries as savings


def guaranteed(member: Member, *, as_of: datetime.date) -> int:
    """What `member` guarantees on other people's loans that are applied for or running.

    What they are asked for on top, because a loan gets new money, counts until they said no or it came to nothing.
    """
    promised = (
        Guarantor.objects.filter(member=member, declined_on=None, loan__refused_on=None, loan__withdrawn_on=None)
        .exclude(loan__settled_on__lte=as_of)
        .exclude(ended_on__lte=as_of)
        .aggregate(amount=Sum("amount", default=0))["amount"]
    )
    return promised + sum(max(0, row.more) for row in _asked_again(member))


def _asked_again(member):
    before = Guarantor.objects.filter(loan=OuterRef("restructuring__loan"), member=member)
    standing = before.filter(consented_on__isnull=False, ended_on=None).values("amount")
    rows = RenewedGuarantee.objects.open().filter(member=member, declined_on=None)
    return rows.annotate(more=F("amount") - Coalesce(Subquery(standing), 0))


def guarantee_capacity(member: Member, rules: LoanRules, *, as_of: datetime.date) -> int | None:
    """What `member` can still guarantee: a multiple of own savings less what is promised already.

    None without a limit; below zero where savings have fallen since the promise.
    """
    if rules.guarantee_multiple is None:
        return None
    saved = savings.balances(member, as_of=as_of).total
    return int(saved * rules.guarantee_multiple) - guaranteed(member, as_of=as_of)


def unanswered_guarantees(member: Member):
    """Requests that wait for this member's yes or no."""
    return Guarantor.objects.filter(member=member).unanswered().select_related("loan__member", "loan__rules__product")


def unanswered_again(member: Member):
    """Loans this member is asked to guarantee with a higher amount, because of new terms."""
    rows = RenewedGuarantee.objects.open().filter(member=member, consented_on=None, declined_on=None)
    return rows.select_related("restructuring__loan__member", "restructuring__loan__rules__product").order_by("pk")


def standing_for(member: Member, *, as_of: datetime.date):
    """The loans of others, not over yet, that this member said yes to."""
    standing = Guarantor.objects.standing(as_of=as_of).filter(member=member, loan__in=Loan.objects.open())
    return standing.select_related("loan__member", "loan__rules__product").order_by("pk")


def backed_again(proposal: Restructuring, *, as_of: datetime.date) -> int:
    """How many members guarantee the higher amount of these new terms; who left the cooperative does not count."""
    stays = proposal.guarantees.filter(consented_on__lte=as_of).select_related("member")
    return sum(1 for each in stays if not each.member.has_left(on=as_of))


def open_part(proposal: Restructuring, most: int) -> int:
    """The part of the higher amount that nobody was asked for, or said no to."""
    return most - proposal.guarantees.filter(declined_on=None).aggregate(sum=Sum("amount", default=0))["sum"]


@dataclass(frozen=True)
class GuarantorShare:
    """A guarantor's share and whether own savings cover it. `capacity` is for officers' eyes; None is no limit."""

    member: Member
    share: int
    capacity: int | None

    @property
    def fits(self) -> bool:
        return self.capacity is None or self.capacity >= self.share


def guarantor_shares(guarantors: Sequence[Member], rules: LoanRules, shares: Sequence[int], *, as_of: datetime.date):
    """What each of these members could still guarantee, beside what they would be asked for."""
    return [
        GuarantorShare(member, share, guarantee_capacity(member, rules, as_of=as_of))
        for member, share in zip(guarantors, shares, strict=True)
    ]


def lacking_guarantors(*, as_of: datetime.date):
    """Loans not over that fewer people guarantee (or were asked and may yet say yes) than their rules want."""
    there = Q(guarantors__declined_on=None) & (Q(guarantors__ended_on=None) | Q(guarantors__ended_on__gt=as_of))
    stays = Q(guarantors__member__left_on=None) | Q(guarantors__member__left_on__gt=as_of)
    return (
        Loan.objects.open()
        .annotate(backed=Count("guarantors", filter=there & stays))
        .filter(backed__lt=F("rules__guarantors_needed"))
    )


def shares(principal: int, guarantors: Sequence[Member]) -> list[int]:
    return split(principal, [1] * len(guarantors)) if guarantors else []


def guarantors_standing(loan: Loan, on: datetime.date) -> list[Guarantor]:
    """Whoever guarantees a loan and is still a member, in the order in which they were asked."""
    rows = loan.guarantors.standing(as_of=on).select_related("member__user").order_by("pk")
    return [row for row in rows if not row.member.has_left(on=on)]
