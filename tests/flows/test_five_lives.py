"""Each of the five lives that the package lists is told, and asks the books at its stops."""

import re
from pathlib import Path

import pytest

from tests import flows

FOLDER = Path(flows.__file__).parent
LIVES = re.findall(r"(test_\w+\.py)::(test_\w+)", flows.__doc__)


def test_there_are_five():
    assert len(LIVES) == 5


@pytest.mark.parametrize(("file", "name"), LIVES)
def test_the_life_is_told_and_the_books_are_asked(file, name):
    source = (FOLDER / file).read_text(encoding="utf-8")
    story = source.split(f"def {name}(")[1].split("\ndef test_")[0]
    assert "assert_clean(" in story
