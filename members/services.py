"""What people do with the register: apply, decide, enter, correct, give a login, leave."""

import datetime
from collections.abc import Iterable

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, connection, transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit, notices
from core.errors import Refused
from core.models import User
from core.permissions import GRANTED, Permission, Role
from core.services import create_user
from members import changes
from members.models import Business, Member, Partner, Skill, WorkerCount


class MemberRefused(Refused):
    pass


# -- from application to entry ---------------------------------------------------------------------------------------


@transaction.atomic
def apply(
    *,
    name: str,
    nik: str | None = None,
    born_on: datetime.date | None = None,
    is_woman: bool | None = None,
    phone: str = "",
    address: str = "",
    rt: str = "",
    rw: str = "",
    on: datetime.date,
    by: User,
) -> Member:
    """Write down that somebody wants to become a member; the board decides (UU 25/1992 art. 30).

    Raises MemberRefused where the NIK belongs to an open application or to somebody who is a member already.
    """
    member = Member(
        name=name, nik=nik or None, born_on=born_on, is_woman=is_woman, phone=phone, address=address, rt=rt, rw=rw
    )
    member.applied_on = on
    _save_once(member)
    audit.record("member.applied", member, by=by, on=on)
    _tell_those_who(
        Permission.MEMBER_ADMIT, _("{name} applies for membership. Please decide.").format(name=name), member, but=by
    )
    return member


@transaction.atomic
def admit(member: Member, *, on: datetime.date, by: User) -> Member:
    """The board says yes. Membership begins later, when principal and first mandatory savings are paid: `enter`."""
    member = _undecided(member, on=on, by=by)
    member.admitted_on, member.decided_by = on, by
    member.save(update_fields=["admitted_on", "decided_by"])
    audit.record("member.admitted", member, by=by, on=on)
    _tell_those_who(
        Permission.SAVINGS_JOIN,
        _("{name} is admitted. Principal and first mandatory savings can be received.").format(name=member.name),
        member,
        but=by,
    )
    return member


@transaction.atomic
def refuse(member: Member, *, reason: str, on: datetime.date, by: User) -> Member:
    """The board says no, with a reason the applicant may read and take to the next members' meeting."""
    member = _undecided(member, on=on, by=by)
    if not reason.strip():
        raise MemberRefused(_("Write down the reason, so that the applicant can be told."), field="reason")
    member.refused_on, member.decided_by, member.refusal_reason = on, by, reason
    member.save(update_fields=["refused_on", "decided_by", "refusal_reason"])
    audit.record("member.refused", member, by=by, on=on, reason=reason)
    return member


@transaction.atomic
def enter(member: Member, *, on: datetime.date, by: User) -> Member:
    """Put an admitted person into the register under the next number; numbers have no gaps.

    Called by `savings.services.join` in the transaction that took the money.
    """
    member = _locked(member)
    if member.entered_on:
        raise MemberRefused(
            _("{name} is a member already, number {number}.").format(name=member.name, number=member.number)
        )
    if not member.admitted_on:
        raise MemberRefused(_("{name} is not admitted. The board decides first.").format(name=member.name))
    if on < member.admitted_on:
        raise MemberRefused(_("The day of entry cannot lie before the day of admission."), field="on")
    member.number, member.entered_on = _next_number(), on
    member.save(update_fields=["number", "entered_on"])
    audit.record("member.entered", member, by=by, on=on, number=member.number)
    return member


@transaction.atomic
def leave(member: Member, *, on: datetime.date, reason: str, by: User) -> Member:
    """End the membership and close the login. What is owed and saved is settled in `departures`.

    Raises MemberRefused for somebody who is no member, and while the login is that of an officer.
    """
    member = _locked(member)
    if not member.entered_on or member.left_on:
        raise MemberRefused(_("{name} is not a member now.").format(name=member.name))
    if on < member.entered_on:
        raise MemberRefused(_("The day of leaving cannot lie before the day of entry."), field="on")
    if member.user and member.user.role != Role.MEMBER:
        raise MemberRefused(_("{name} holds an office. End the term first.").format(name=member.name))
    member.left_on, member.leaving_reason = on, reason
    member.save(update_fields=["left_on", "leaving_reason"])
    if member.user:
        member.user.is_active = False
        member.user.save(update_fields=["is_active"])
    audit.record("member.left", member, by=by, on=on, reason=str(Member.LeavingReason(reason).label))
    return member


# -- particulars -----------------------------------------------------------------------------------------------------

PARTICULARS = ["name", "nik", "born_on", "is_woman", "phone", "address", "rt", "rw"]


@transaction.atomic
def correct(member: Member, *, version: int, by: User, **particulars) -> Member:
    """Put right what was written down about a person; the trail keeps what stood there before.

    `particulars` are any of PARTICULARS; those left out stay. Raises MemberRefused for a stale page.
    """
    member = _locked(member)
    _refuse_stale(member, version)
    changed = changes.make(member, {name: particulars[name] for name in PARTICULARS if name in particulars})
    if changed:
        _save_once(member)
        audit.record("member.corrected", member, by=by, **changes.facts(member, changed))
    return member


@transaction.atomic
def read_nik(member: Member, *, by: User) -> str:
    """The NIK in full, and a line in the trail that it was read."""
    audit.record("member.nik_read", member, by=by)
    return member.nik or ""


@transaction.atomic
def take_data_out(member: Member, *, by: User) -> None:
    """Note that somebody took out everything the register holds about a person."""
    audit.record("member.exported", member, by=by)


@transaction.atomic
def take_register_out(*, rows: int, nik_in_full: bool, by: User) -> None:
    """Note that the register left the house as a file, and whether the NIKs in it were whole."""
    audit.record("register.exported", by, by=by, rows=rows, nik_in_full=nik_in_full)


@transaction.atomic
def set_business(
    member: Member,
    *,
    name: str,
    address: str,
    rt: str = "",
    rw: str = "",
    products: Iterable[str],
    other_products: str = "",
    since_year: int | None = None,
    version: int = 0,
    by: User,
) -> Business:
    """Describe a member's home business, for the first time (`version` 0) or anew.

    Raises MemberRefused when somebody else wrote it since the page was opened.
    """
    member = _locked(member)
    business = Business.objects.filter(member=member).first() or Business(member=member, version=0, products=[])
    _refuse_stale(business, version)
    is_new = business.pk is None
    changed = changes.make(
        business,
        {
            "name": name,
            "address": address,
            "rt": rt,
            "rw": rw,
            "products": sorted(products),
            "other_products": other_products,
            "since_year": since_year,
        },
    )
    if changed:
        business.save()
        action = "business.described" if is_new else "business.corrected"
        audit.record(action, member, by=by, business=business.name, **changes.facts(business, changed))
    return business


@transaction.atomic
def count_workers(business: Business, *, on: datetime.date, family: int, hired: int, by: User) -> WorkerCount:
    """How many work in the business from `on`: the owner and the family, paid or not, and who is hired.

    A second count of the same day replaces the first.
    """
    _locked(business.member)
    if family + hired == 0:
        raise MemberRefused(_("Somebody works there: count the owner as family."), field="family")
    count = WorkerCount.objects.filter(business=business, counted_on=on).first()
    before = str(count) if count else None
    count = count or WorkerCount(business=business, counted_on=on)
    count.family, count.hired = family, hired
    count.save()
    audit.record(
        "business.workers_counted",
        business.member,
        by=by,
        on=on,
        family=family,
        hired=hired,
        before=before,
        size_class=str(count.size_class.label),
    )
    return count


@transaction.atomic
def set_skills(business: Business, *, skills: Iterable[str], by: User) -> Business:
    """What the people of this business can do, by name; a new name becomes a skill that others can be given too."""
    _locked(business.member)
    before = sorted(skill.name for skill in business.skills.all())
    found = [_skill(" ".join(name.split())) for name in skills if name.strip()]
    business.skills.set(found)
    after = sorted({skill.name for skill in found})
    if before != after:
        audit.record("business.skills_set", business.member, by=by, skills=", ".join(after) or "–", before=before)
    return business


# -- logins ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def give_login(member: Member, *, username: str, password: str, by: User) -> User:
    """A member's own login with a temporary password, which must be changed at once."""
    member = _locked(member)
    _refuse_second_login(member)
    if User.objects.filter(username__iexact=username).exists():
        raise MemberRefused(_("This user name is taken. Choose another one."), field="username")
    member.user = create_user(username=username, name=member.name, role=Role.MEMBER, password=password, by=by)
    member.save(update_fields=["user"])
    audit.record("member.login_given", member, by=by, username=username)
    return member.user


@transaction.atomic
def link_login(member: Member, *, user: User, by: User) -> Member:
    """Say that an officer's login belongs to this member: officers are elected from the members (art. 29)."""
    member = _locked(member)
    _refuse_second_login(member)
    if Member.objects.filter(user=user).exists():
        raise MemberRefused(_("This login belongs to another member."), field="user")
    if member.decided_by_id == user.pk:
        raise MemberRefused(
            _("Nobody decides on their own application: this person admitted {name}.").format(name=member)
        )
    member.user = user
    member.save(update_fields=["user"])
    audit.record("member.login_linked", member, by=by, username=user.username)
    return member


@transaction.atomic
def reset_password(member: Member, *, password: str, by: User) -> User:
    """A new temporary password for somebody who forgot theirs. Never an officer's: the maintainer does that."""
    member = _locked(member)
    if member.user is None:
        raise MemberRefused(_("{name} has no login yet.").format(name=member.name))
    if member.user.role != Role.MEMBER:
        raise MemberRefused(_("This is an officer's login. The maintainer gives it a new password."))
    user = member.user
    user.password, user.must_change_password = make_password(password), True
    user.save(update_fields=["password", "must_change_password"])
    audit.record("member.password_reset", member, by=by, username=user.username)
    return user


# -- partners --------------------------------------------------------------------------------------------------------


@transaction.atomic
def record_partner(*, by: User, **facts) -> Partner:
    """Add a buyer, supplier or agency: name, kind, market, city, contact, phone, since_on."""
    partner = Partner(**facts)
    _refuse_buyer_without_market(partner)
    _save_once(partner)
    audit.record("partner.recorded", partner, by=by, kind=partner.kind, market=partner.market)
    return partner


@transaction.atomic
def correct_partner(partner: Partner, *, version: int, by: User, **facts) -> Partner:
    """Put right what is known about a partner. Raises MemberRefused for a stale page."""
    partner = Partner.objects.select_for_update(no_key=True).get(pk=partner.pk)
    _refuse_stale(partner, version)
    changed = changes.make(partner, facts)
    _refuse_buyer_without_market(partner)
    if changed:
        _save_once(partner)
        audit.record("partner.corrected", partner, by=by, **changes.facts(partner, changed))
    return partner


# -- the steps they share --------------------------------------------------------------------------------------------


def _locked(member: Member) -> Member:
    return Member.objects.select_for_update(no_key=True, of=["self"]).select_related("user").get(pk=member.pk)


def _undecided(member: Member, *, on: datetime.date, by: User) -> Member:
    member = _locked(member)
    if member.admitted_on or member.refused_on:
        raise MemberRefused(_("The application of {name} has been decided already.").format(name=member.name))
    if not by.can(Permission.MEMBER_ADMIT):
        raise MemberRefused(_("Only the chair or the secretary decides on applications."))
    if member.user_id == by.pk:
        raise MemberRefused(_("Nobody decides on their own application."))
    if on < member.applied_on:
        raise MemberRefused(_("The decision cannot lie before the application."), field="on")
    return member


def _next_number() -> int:
    """The number after the highest; the lock makes everybody else who enters wait for this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('members.member.number'))")
    return (Member.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def _refuse_second_login(member: Member) -> None:
    if not member.entered_on or member.left_on:
        raise MemberRefused(_("Only a member gets a login. {name} is not a member now.").format(name=member.name))
    if member.user_id:
        raise MemberRefused(_("{name} has a login already.").format(name=member.name))


def _refuse_stale(row, version: int) -> None:
    if row.version != version:
        raise MemberRefused(
            _("Somebody else has changed this since you opened the page. Open it anew and enter your changes again.")
        )


def _refuse_buyer_without_market(partner: Partner) -> None:
    if partner.kind == Partner.Kind.BUYER and not partner.market:
        raise MemberRefused(_("Choose where this buyer sells: local, national or export."), field="market")


ALREADY_THERE = {
    "members_member_nik_once": ("nik", lambda: _("This NIK stands in the register already. Look the person up first.")),
    "members_partner_name_once": ("name", lambda: _("A partner of this name exists already. Open that one instead.")),
}


def _save_once(row) -> None:
    """Save, and turn a duplicate that the database finds into a sentence."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        constraint = error.__cause__.diag.constraint_name
        if constraint not in ALREADY_THERE:
            raise
        field, sentence = ALREADY_THERE[constraint]
        raise MemberRefused(sentence(), field=field) from error


def _skill(name: str) -> Skill:
    return Skill.objects.filter(name__iexact=name).first() or Skill.objects.create(name=name)


def _tell_those_who(permission: Permission, text: str, member: Member, *, but: User) -> None:
    roles = [role for role, verbs in GRANTED.items() if permission in verbs]
    for officer in User.objects.filter(role__in=roles, is_active=True).exclude(pk=but.pk):
        notices.tell(officer, text, url=reverse("members:detail", args=[member.pk]))
