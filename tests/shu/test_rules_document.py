"""docs/rules.md shows a simulated SHU; here it is run and compared."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs/rules.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(
    r"```csv\n(.*?\n)```\n\n```console\n\$ manage\.py (shu_simulate [^\n]+)\n(.*?)\n```", DOCUMENT, re.DOTALL
)


def test_the_document_has_an_example():
    assert len(EXAMPLES) == 1


@pytest.mark.parametrize(("rows", "line", "expected"), EXAMPLES)
def test_the_example_prints_what_the_document_shows(rows, line, expected, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("FILE.csv").write_text(rows)
    out = StringIO()
    call_command(*line.split(), stdout=out)
    assert out.getvalue().rstrip() == expected
