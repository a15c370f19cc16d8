"""Accounts of the people who log in, and the files they hand in."""

import datetime

from django.db import transaction

from core import audit, dates
from core.models import SpentToken, StoredFile, User
from core.uploads import Upload


@transaction.atomic
def create_user(
    *, username: str, name: str, role: str, password: str, must_change_password: bool = True, by: User | None = None
) -> User:
    """Give a person a login. Without `by` it is the installation itself that does (the first chair, the demo)."""
    user = User(username=username.lower(), name=name, role=role, must_change_password=must_change_password)
    user.set_password(password)
    user.save()
    audit.record("user.created", user, by=by or user, role=role)
    return user


@transaction.atomic
def change_password(user: User, *, password: str) -> None:
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    audit.record("user.password_changed", user, by=user)


def store(upload: Upload, *, by: User) -> StoredFile:
    """Keep a photo or paper. Called by the service that writes what it belongs to, in the same transaction."""
    return StoredFile.objects.create(
        name=upload.name,
        content_type=upload.content_type,
        content=upload.content,
        size=len(upload.content),
        at=dates.now(),
        by=by,
    )


TOKENS_KEPT = datetime.timedelta(days=90)
"""No rule asks for an age. A form that somebody left open in a tab is sent days later, hardly months; and one that old

would meet the checks of the service itself. Ninety days keep the table at what the house does in a quarter.
"""


def purge_spent_tokens() -> int:
    """Forget one-time tokens too old for any form that is still open; how many."""
    count, _by_model = SpentToken.objects.filter(spent_at__lt=dates.now() - TOKENS_KEPT).delete()
    return count
