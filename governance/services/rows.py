"""Checking a row against its own fields and constraints, and writing it, with refusals in their words."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from governance.errors import GovernanceRefused


def check(row, *, apart: Iterable[str] = (), field: str | None = None) -> None:
    """Raises GovernanceRefused for the field of the row that is wrong, or for `field` where a form shows it whole."""
    try:
        row.full_clean(exclude=set(apart))
    except ValidationError as error:
        name, sentences = next(iter(error.message_dict.items()))
        raise GovernanceRefused(" ".join(sentences), field=field or (None if name == "__all__" else name)) from error


def save(row, *, field: str | None = None) -> None:
    """Check the row and write it for the first time."""
    check(row, field=field)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:  # somebody else was faster by a moment
        raise GovernanceRefused(_("Somebody else has just saved the same. Check the list first.")) from error
