"""A member's login: given, linked, its password reset."""

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.permissions import Role
from core.services import create_user
from members.errors import MemberRefused
from members.models import Member
from members.services.rows import locked


@transaction.atomic
def give_login(member: Member, *, username: str, password: str, by: User) -> User:
    """A member's own login with a temporary password, which must be changed at once."""
    member = locked(member)
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
    member = locked(member)
    _refuse_second_login(member)
    if Member.objects.filter(user=user).exists():
        raise MemberRefused(_("This login belongs to another member."), field="user")
    if member.decided_by_id == user.pk:
        raise MemberRefused(
            _("Nobody may decide on their own application: this person admitted {name}.").format(name=member)
        )
    member.user = user
    member.save(update_fields=["user"])
    audit.record("member.login_linked", member, by=by, username=user.username)
    return member


@transaction.atomic
def reset_password(member: Member, *, password: str, by: User) -> User:
    """A new temporary password for somebody who forgot theirs. Never an officer's: that takes two officers."""
    member = locked(member)
    if member.user is None:
        raise MemberRefused(_("{name} has no login yet.").format(name=member.name))
    if member.user.role != Role.MEMBER:
        raise MemberRefused(_("This is an officer's login. Two other officers renew its password."))
    user = member.user
    user.password, user.must_change_password = make_password(password), True
    user.save(update_fields=["password", "must_change_password"])
    audit.record("member.password_reset", member, by=by, username=user.username)
    return user


def _refuse_second_login(member: Member) -> None:
    if not member.entered_on or member.left_on:
        raise MemberRefused(_("Only a member gets a login. {name} is not a member now.").format(name=member.name))
    if member.user_id:
        raise MemberRefused(_("{name} has a login already.").format(name=member.name))
