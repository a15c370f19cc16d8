"""Being the owner for a while: only migrations are, and what sets a database up."""

import contextlib
from collections.abc import Iterator

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

CREDENTIALS = ("USER", "PASSWORD", "HOST", "PORT")


@contextlib.contextmanager
def as_owner(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Connect as the owner of the tables inside, as the runtime role again afterwards.

    Where no owner is configured (`OWNER_URL`), both are one role, and nothing changes.
    """
    connection = connections[using]
    before = {name: connection.settings_dict[name] for name in CREDENTIALS}
    if not settings.OWNER:
        yield
        return
    connection.close()
    connection.settings_dict.update(settings.OWNER)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)
