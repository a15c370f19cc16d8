"""docs/rules.md shows commands with what they print; here they are run and compared."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs/rules.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```console\n\$ manage\.py (loan_\w+ [^\n]+)\n(.*?)\n```", DOCUMENT, re.DOTALL)


def test_the_document_has_an_example_of_every_method_and_of_a_penalty():
    lines = [line for line, _output in EXAMPLES]
    for words in (
        "--method flat",
        "--method declining",
        "--method annuity",
        "--method daily",
        "--instalment-fee",
        "loan_penalty",
        "--round-to",
    ):
        assert any(words in line for line in lines), words


@pytest.mark.parametrize(("line", "expected"), EXAMPLES, ids=lambda value: value[:60])
def test_the_example_prints_what_the_document_shows(line, expected):
    out = StringIO()
    call_command(*line.split(), stdout=out)
    assert out.getvalue().rstrip() == expected


def test_every_test_that_the_document_names_is_there():
    """`tests/loans/test_x.py::test_y`, or `test_y` alone where the paragraph named the file before."""
    tests = {
        name: path
        for path in Path(__file__).resolve().parents[1].rglob("test_*.py")
        for name in re.findall(r"^ *def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    named = re.findall(r"`(?:tests/([\w/]+\.py)::)?(test_\w+)`", DOCUMENT)
    assert named
    assert [name for _path, name in named if name not in tests] == []
    assert [f"{path}::{name}" for path, name in named if path and f"def {name}(" not in _read(path)] == []


def _read(path):
    return (Path(__file__).resolve().parents[1] / path).read_text(encoding="utf-8")
