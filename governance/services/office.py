"""Elections, ends of terms, and the login that follows: it has the role of the office while the term runs.

Every role needs two officers: one records the election, another confirms it, and neither is the one elected
(decision 4). A role given by a term ends with it; a role given in another way is left alone.
"""

import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit
from core.dates import add_months, long_date
from core.models import User
from core.notices import tell, tell_all
from core.permissions import GRANTED, Permission, Role
from governance.errors import GovernanceRefused
from governance.models import Decision, DecisionKind, LegalCeilings, MeetingRules, Office
from governance.queries.statutes import requirement
from governance.services.decision import require
from governance.services.rows import save
from members.models import Member


def ask_to_confirm(office: Office, *, by: User) -> None:
    """Ask the officers who can be the second one to confirm an election."""
    roles = [role for role, verbs in GRANTED.items() if Permission.OFFICE_CONFIRM in verbs]
    apart = [pk for pk in (by.pk, office.member.user_id) if pk]
    text = _("{by} recorded an election: {office}. Check and confirm it.")
    tell_all(
        (officer, text.format(by=by.name, office=office), reverse("governance:confirm-election", args=[office.pk]))
        for officer in User.objects.filter(role__in=roles, is_active=True).exclude(pk__in=apart).order_by("pk")
    )


@transaction.atomic
def confirm_election(office: Office, *, on: datetime.date, by: User) -> Office:
    """A second officer says that this is what the meeting decided; the role follows on the first day of the term."""
    office = _locked(office)
    if not by.can(Permission.OFFICE_CONFIRM):
        raise GovernanceRefused(_("Only the chair, secretary or treasurer can confirm an election."))
    if office.confirmed_by_id:
        raise GovernanceRefused(_("This election is confirmed already."))
    if office.recorded_by_id is None or office.ends_on <= on:
        raise GovernanceRefused(_("Only a current or future term that an officer recorded can be confirmed."))
    if office.member.user_id == by.pk:
        raise GovernanceRefused(_("You cannot confirm your own election. Another officer must do it."))
    if office.recorded_by_id == by.pk:
        raise GovernanceRefused(_("You recorded this election yourself. Another officer confirms it."))
    office.confirmed_by = by
    office.save(update_fields=["confirmed_by"])
    audit.record("office.confirmed", office, by=by, role=office.role)
    if office.started_on <= on:
        give_role(office, on=on, by=by)
    return office


@transaction.atomic
def follow_offices(*, on: datetime.date) -> int:
    """Every morning: give the roles of terms that have begun, take back those of terms that are over. How many."""
    terms = Office.objects.select_for_update(no_key=True, of=["self"]).select_related("member__user").order_by("pk")
    begun = terms.held(as_of=on).filter(
        confirmed_by__isnull=False, role_given_on=None, member__user__isnull=False, member__user__is_active=True
    )
    over = terms.filter(ends_on__lte=on, role_given_on__isnull=False, role_returned_on=None)
    # Who goes from one office to the next keeps the role that comes, so giving goes first.
    return sum(give_role(office, on=on, by=None) for office in begun) + sum(
        take_role_back(office, on=on, by=None) for office in over
    )


def give_role(office: Office, *, on: datetime.date, by: User | None) -> bool:
    """Within a transaction that holds the office: its holder's login works with its role from now on."""
    if office.member.user_id is None:
        return False  # the morning after a login was given
    user = User.objects.select_for_update(no_key=True).get(pk=office.member.user_id)
    if user.role == Role.MAINTAINER or user.pk in (office.recorded_by_id, office.confirmed_by_id):
        return False  # the second: their login was linked to the member after they had recorded the election
    office.role_given_on = on
    office.save(update_fields=["role_given_on"])
    if user.role != office.role:
        text = _("You hold the office now: {role}. Your login opens its pages.").format(role=office.get_role_display())
        _change(user, office.role, office, by=by, text=text)
    return True


def take_role_back(office: Office, *, on: datetime.date, by: User | None) -> bool:
    """Within a transaction that holds the office: its holder is a member as everybody else again."""
    user = User.objects.select_for_update(no_key=True).get(pk=office.member.user_id)
    office.role_returned_on = on
    office.save(update_fields=["role_returned_on"])
    running = Office.objects.held(as_of=on).filter(
        member=office.member_id, role=office.role, role_given_on__isnull=False, role_returned_on=None
    )
    if user.role == office.role and not running.exists():
        text = _("Your term as {role} is over. Thank you. Your login opens a member's pages again.")
        _change(user, Role.MEMBER, office, by=by, text=text.format(role=office.get_role_display()))
    return True


def _change(user: User, role: str, office: Office, *, by: User | None, text: str) -> None:
    user.role = role
    user.save(update_fields=["role"])
    facts = {"role": str(Role(role).label), "until": office.ends_on}
    audit.record("user.role_taken_back" if role == Role.MEMBER else "user.role_given", user, by=by, **facts)
    tell(user, text, url=reverse("governance:offices"))


def _locked(office: Office) -> Office:
    rows = Office.objects.select_for_update(no_key=True, of=["self"]).select_related("member__user")
    return rows.get(pk=office.pk)


@transaction.atomic
def elect(
    member: Member,
    *,
    role: str,
    started_on: datetime.date,
    ends_on: datetime.date,
    by: User,
    decided_in: Decision,
) -> Office:
    """Record that a member was elected for a term (UU 25/1992 art. 29: from the members, as long as the law allows).

    The role of the office follows once another officer has confirmed it (`governance.services.office`).
    Raises GovernanceRefused for oneself, somebody who is no member then, a term too long, an office held already.
    """
    member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    if member.user_id == by.pk:
        raise GovernanceRefused(_("You cannot record your own election. Another officer must do it."), field="member")
    if not member.belongs(on=started_on):
        raise GovernanceRefused(
            _("{name} is not a member on that day. Officers are elected from the members (UU 25/1992 art. 29).").format(
                name=member.name
            ),
            field="member",
        )
    require(decided_in, kind=DecisionKind.ELECTION, subject=member, detail=role, on=started_on, field="decided_in")
    law = LegalCeilings.objects.current(started_on)
    if ends_on > add_months(started_on, law.office_years * 12):
        raise GovernanceRefused(
            _("A term lasts {years} years at most ({article}). Choose an earlier last day.").format(
                years=law.office_years, article=law.office_article
            ),
            field="ends_on",
        )
    office = Office(member=member, role=role, started_on=started_on, ends_on=ends_on, decided_in=decided_in)
    office.recorded_by = by
    save(office)
    audit.record("office.elected", office, by=by, role=role, started_on=started_on, ends_on=ends_on)
    ask_to_confirm(office, by=by)
    return office


@transaction.atomic
def end_term(
    office: Office,
    *,
    on: datetime.date,
    by: User,
    decision: Decision | None = None,
    as_of: datetime.date | None = None,
) -> Office:
    """End a term before its time: the holder resigns, has left or died, or was removed. `on` is the handing over.

    Nobody else's term ends without a `decision` of the organ that removes (UU 25/1992 art. 23: whoever elects). Where
    that day has come by `as_of`, the login is a member's again at once; else on the morning of the day.
    """
    office = _locked(office)
    if not office.started_on < on < office.ends_on:
        raise GovernanceRefused(
            _("The term runs from {first} to {last}. Choose a day in between.").format(
                first=long_date(office.started_on), last=long_date(office.ends_on)
            ),
            field="on",
        )
    if decision is not None:
        require(decision, kind=DecisionKind.REMOVAL, subject=office, on=on)
    elif office.member.user_id != by.pk and not office.member.has_left(on=on):
        needed = requirement(DecisionKind.REMOVAL, on=on)
        raise GovernanceRefused(
            _(
                "{name} resigns in person, with the own login. To remove somebody, choose the decision of the {organ} "
                "about it ({article})."
            ).format(name=office.member.name, organ=needed.organ_name, article=needed.source),
            field="decision",
        )
    office.ends_on, office.ended_in, office.ended_by = on, decision, by
    office.save(update_fields=["ends_on", "ended_in", "ended_by"])
    audit.record("office.ended", office, by=by, on=on, decision=decision.number if decision else None)
    if as_of and on <= as_of and office.role_given_on:
        take_role_back(office, on=as_of, by=by)
    return office


# -- by one click, from a passed item of the agenda --------------------------------------------------------------------


def decided(member: Member, *, decision: Decision, start: datetime.date, on: datetime.date, by: User) -> Office:
    """The meeting elected this member to the office that the item named; the term lasts as the members decided."""
    years = min(MeetingRules.objects.current(start).office_years, LegalCeilings.objects.current(start).office_years)
    ends_on = add_months(start, years * 12)
    return elect(member, role=decision.detail, started_on=start, ends_on=ends_on, decided_in=decision, by=by)


def removed(office: Office, *, decision: Decision, start: datetime.date, on: datetime.date, by: User) -> Office:
    """The meeting removed the holder from the office."""
    return end_term(office, on=start, decision=decision, by=by, as_of=on)
