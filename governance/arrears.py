"""What the rooms above tell the ladder: who owes what since when. A room registers one question for its kind.

    def owed(*, as_of, until):            # everything unpaid that is due by `until`, the oldest due day of each
        yield Due(member_id=3, subject="material:5", title=_("Leather lent on 2 March"), amount="4 lembar", …)

    class StockConfig(AppConfig):
        def ready(self):
            arrears.register("material", "stock.queries.owed")

`amount` is text, so leather can be owed as well as rupiah. A subject that the answer leaves out is settled.
"""

import datetime
from dataclasses import dataclass

from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Due:
    """Something one member owes. `subject` names it for good (`loan:12`); `amount` is what is late, in words: before

    its day what will be due. `rupiah` is the same as a number, where it is money.
    """

    member_id: int
    subject: str
    title: str
    amount: str
    due_on: datetime.date
    url: str = ""
    rupiah: int | None = None


SOURCES: dict[str, str] = {}


def register(kind: str, source: str) -> None:
    """Let the ladder of `kind` (a `LadderRules.Kind`) ask the function named `source`, as `source(as_of=, until=)`."""
    SOURCES[kind] = source


def owed(kind: str, *, as_of: datetime.date, until: datetime.date) -> list[Due]:
    """Everything of this kind that is unpaid and due by `until`; nothing where no room answers for it."""
    source = SOURCES.get(kind)
    return list(import_string(source)(as_of=as_of, until=until)) if source else []
