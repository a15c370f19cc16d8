"""What waits for the members: the question that fills an agenda. Every room answers it for itself.

Room above: `hooks = {"agenda.prices": "pricing.hooks.for_the_agenda"}`, a function of (`kind`, `on`), the kind of the
meeting and its day, that gives `Proposed` items. What was passed then takes effect through
`takes_effect.<kind>`: `hooks = {"takes_effect.price_list": "pricing.services.price_list.decided"}`, a function of
(`subject`, `decision`, `start`, `on`, `by`) that carries it out, or says why not with a refusal.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Model

from core import hooks
from core.permissions import Permission


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """Something that waits for the members: the kind of act, the thing itself, and the page where it can be read."""

    kind: str
    title: str
    subject: Model | None = None
    text: str = ""
    url: str = ""
    detail: str = ""


def waiting(kind: str, on: datetime.date) -> Iterator[Proposed]:
    """Everything that waits for a meeting of this kind on that day, room by room."""
    for answer in hooks.answers("agenda").values():
        yield from answer(kind=kind, on=on)


def effect(kind: str):
    """The function that puts a passed item of this kind in effect; None where the decision itself is all."""
    return hooks.answer("takes_effect", kind)


MAY_PUT_IN_EFFECT = {
    "price_list": Permission.PRICE_DECIDE,
    "rules": Permission.RULES_SET,
    "dues": Permission.RULES_SET,
    "election": Permission.OFFICE_ELECT,
    "removal": Permission.OFFICE_END,
    "sanction": Permission.CASE_DECIDE,
    "write_off": Permission.LOAN_WRITE_OFF,
    "shu": Permission.SHU_BOOK,
}
"""Who may press the button: whoever may do the same on the page of the thing."""
