import datetime

import pytest

from members import nik
from members.nik import Doubt

BORN = datetime.date(1980, 8, 17)


@pytest.mark.parametrize("typed", ["3471081708800001", "3471 0817 0880 0001", "34.71.08.170880.0001"])
def test_read_takes_the_separators_away(typed):
    assert nik.read(typed) == "3471081708800001"


@pytest.mark.parametrize(
    "typed",
    [
        "347108170880001",  # 15 digits
        "34710817088000011",  # 17 digits
        "347108170880000A",
        "3471083102800001",  # 31 February
        "3471081713800001",  # month 13
        "",
    ],
)
def test_read_refuses_what_cannot_be_a_nik(typed):
    with pytest.raises(nik.NotANik):
        nik.read(typed)


@pytest.mark.parametrize(
    ("number", "born_on", "is_woman", "expected"),
    [
        ("3471081708800001", BORN, False, []),
        ("3471085708800001", BORN, True, []),
        ("3471085708800001", None, None, []),
        ("3471081708800001", BORN, True, [Doubt.SEX]),
        ("3471085708800001", BORN, False, [Doubt.SEX]),
        ("3471081808800001", BORN, False, [Doubt.BIRTH]),
        ("3471081709800001", BORN, False, [Doubt.BIRTH]),
        ("3471081708810001", BORN, False, [Doubt.BIRTH]),
        ("3471081708800001", datetime.date(1880, 8, 17), False, []),  # the century is not in the number
        ("9971081708800001", BORN, False, [Doubt.PLACE]),
        ("9971081808800001", BORN, True, [Doubt.BIRTH, Doubt.SEX, Doubt.PLACE]),
    ],
)
def test_doubts_are_what_does_not_fit(number, born_on, is_woman, expected):
    assert nik.doubts(number, born_on=born_on, is_woman=is_woman) == expected
