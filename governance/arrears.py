"""What the rooms above tell the ladder of reminders: who owes what since when. A room answers for its own kind.

    def owed(*, as_of, until):            # everything unpaid that is due by `until`, the oldest due day of each
        yield Due(member_id=3, subject="material:5", title=_("Leather lent on 2 March"), amount="4 lembar", …)

    class StockConfig(AppConfig):
        hooks = {"arrears.material": "stock.hooks.owed"}

`amount` is text, so leather can be owed as well as rupiah. A subject that the answer leaves out is settled.
"""

import datetime
from dataclasses import dataclass

from core import hooks


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


def owed(kind: str, *, as_of: datetime.date, until: datetime.date) -> list[Due]:
    """Everything of this kind (a `LadderRules.Kind`) that is unpaid and due by `until`; nothing where no room knows."""
    answer = hooks.answer("arrears", kind)
    return list(answer(as_of=as_of, until=until)) if answer else []
