"""What the law asks of an act whatever the statutes say: the lowest organ that may decide it, and the article.

Organs and kinds stand here by their words, because this is below the tables (`governance.models.DecisionKind` and
`Decision.Organ` name them). A kind that is not listed may be decided by the board, unless the statutes say otherwise.
The law fixes no quorum (UU 25/1992 art. 28); where no consensus is reached, the majority decides (art. 24).
"""

from dataclasses import dataclass

ORGANS = ("board", "members_meeting", "annual_meeting")
"""From the lowest to the highest: what an organ may decide, a higher one may decide too."""


@dataclass(frozen=True)
class LegalMinimum:
    organ: str
    article: str


BOARD = LegalMinimum("board", "UU 25/1992 pasal 30")

LEGAL_MINIMUM = {
    "election": LegalMinimum("members_meeting", "UU 25/1992 pasal 23 dan 29"),
    "removal": LegalMinimum("members_meeting", "UU 25/1992 pasal 23"),
    "shu": LegalMinimum("annual_meeting", "UU 25/1992 pasal 23 dan 45"),
    "budget": LegalMinimum("members_meeting", "UU 25/1992 pasal 23"),
    "report": LegalMinimum("annual_meeting", "UU 25/1992 pasal 26 dan 37"),
    "statutes": LegalMinimum("members_meeting", "UU 25/1992 pasal 12 dan 23"),
    "dissolution": LegalMinimum("members_meeting", "UU 25/1992 pasal 23 dan 46"),
}


def legal_minimum(kind: str) -> LegalMinimum:
    return LEGAL_MINIMUM.get(kind, BOARD)


def reaches(organ: str, needed: str) -> bool:
    """Whether what `needed` must decide was decided by that organ or a higher one. A law is no organ here."""
    return organ in ORGANS and ORGANS.index(organ) >= ORGANS.index(needed)


MAJORITIES = {"simple": (1, 2), "two_thirds": (2, 3), "three_quarters": (3, 4)}
"""Of the votes for and against; a simple majority is more than the half, the others are reached exactly."""


def is_carried(majority: str, *, in_favour: int, against: int) -> bool:
    part, of = MAJORITIES[majority]
    if majority == "simple":
        return in_favour > against
    return in_favour > 0 and of * in_favour >= part * (in_favour + against)


def is_quorate(quorum_bp: int, *, entitled: int, present: int) -> bool:
    """Whether at least this part of those who may vote is present, in hundredths of a percent; nobody is never."""
    return present > 0 and present * 10_000 >= quorum_bp * entitled
