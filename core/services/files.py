"""The files that people hand in, and the tokens of forms that were carried out."""

import datetime

from core import dates
from core.models import SpentToken, StoredFile, User
from core.uploads import Upload


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
