"""Reading a NIK: 2 province + 2 city + 2 district + DDMMYY of birth (women: day + 40) + 4 serial digits.

The number is fixed for life even where its birth date is wrong or the person moved, so only its shape is refused;
everything else is a doubt that is shown beside it.
"""

import datetime
from enum import Enum

from stdnum.exceptions import InvalidComponent, ValidationError
from stdnum.id import nik as stdnum


class NotANik(ValueError):
    """Not 16 digits with a day of the calendar in them."""


class Doubt(Enum):
    """What does not fit in a NIK that is kept all the same."""

    BIRTH = "the birth date in it is another one"
    SEX = "the day in it is of the other sex"
    PLACE = "its first digits name no known place"


def read(text: str) -> str:
    """The 16 digits of what was typed, without blanks, dots and dashes. Raises NotANik."""
    digits = stdnum.compact(text)
    try:
        stdnum.validate(digits)
    except InvalidComponent:
        if not _birth_is_possible(digits):
            raise NotANik from None
    except ValidationError:
        raise NotANik from None
    return digits


def doubts(nik: str, *, born_on: datetime.date | None, is_woman: bool | None) -> list[Doubt]:
    """What to ask about; empty where everything that is known fits. The century is not in the number."""
    found = []
    day, month, year = int(nik[6:8]), int(nik[8:10]), int(nik[10:12])
    if born_on and (day % 40, month, year) != (born_on.day, born_on.month, born_on.year % 100):
        found.append(Doubt.BIRTH)
    if is_woman is not None and is_woman != (day > 40):
        found.append(Doubt.SEX)
    if not stdnum.is_valid(nik):
        found.append(Doubt.PLACE)
    return found


def _birth_is_possible(digits: str) -> bool:
    try:
        stdnum.get_birth_date(digits)
    except ValidationError:
        return False
    return True
