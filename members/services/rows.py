"""What the services of the register share: locking, stale pages, duplicates."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from members.errors import MemberRefused
from members.models import Member


def locked(member: Member) -> Member:
    return Member.objects.select_for_update(no_key=True, of=["self"]).select_related("user").get(pk=member.pk)


def refuse_stale(row, version: int) -> None:
    if row.version != version:
        raise MemberRefused(
            _("Somebody else has changed this since you opened the page. Reload it and enter your changes again.")
        )


ALREADY_THERE = {
    "members_member_nik_once": ("nik", lambda: _("This NIK is already in the register. Look the person up first.")),
    "members_partner_name_once": ("name", lambda: _("A partner of this name exists already. Open that one instead.")),
}


def save_once(row) -> None:
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
