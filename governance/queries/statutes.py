"""STUB until the register of statutes is landed."""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Requirement:
    kind: str
    quorum_bp: int = 0
    second_quorum_bp: int = 0

    def is_quorate(self, *, entitled, present, second_call=False):
        quorum = self.second_quorum_bp if second_call else self.quorum_bp
        return present * 10_000 >= quorum * entitled

    def is_carried(self, *, in_favour, against, by_consensus=False):
        return not against if by_consensus else in_favour > against


def requirement(kind: str, *, on: datetime.date) -> Requirement:
    return Requirement(kind)
