"""`manage.py shu_simulate`: for people and for scripts, without a database."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

ROWS = "number,capital,business\nA-01,700000,300000\nA-02,700000,450000\nA-03,700000,0\n"


@pytest.fixture
def simulate(tmp_path, monkeypatch):
    """Runs the command on a file with these rows; later options win."""
    monkeypatch.chdir(tmp_path)

    def run(*options, rows=ROWS, encoding="utf-8"):
        Path("members.csv").write_text(rows, encoding=encoding)
        out = StringIO()
        terms = "--surplus 10000001 --capital-percent 20 --business-percent 30".split()
        call_command("shu_simulate", *terms, *options, "members.csv", stdout=out)
        return out.getvalue()

    return run


def test_shu_simulate_prints_the_agreed_json(simulate):
    assert json.loads(simulate()) == {
        "members": [
            {"number": "A-01", "capital_part": 666_667, "business_part": 1_200_000, "total": 1_866_667},
            {"number": "A-02", "capital_part": 666_667, "business_part": 1_800_000, "total": 2_466_667},
            {"number": "A-03", "capital_part": 666_666, "business_part": 0, "total": 666_666},
        ],
        "capital_part": 2_000_000,
        "business_part": 3_000_000,
        "total": 5_000_000,
        "to_reserve": 0,
    }


def test_a_pool_without_figures_goes_to_the_reserve_in_both_formats(simulate):
    rows = "number,capital,business\nA-01,700000,0\n"
    made = json.loads(simulate(rows=rows))
    assert (made["capital_part"], made["business_part"], made["to_reserve"]) == (2_000_000, 0, 3_000_000)
    assert simulate("--format", "table", rows=rows).splitlines()[-1] == (
        "no member has a business figure: 3.000.000 goes to the reserve"
    )


def test_percentages_take_decimals_and_pools_are_rounded_half_up(simulate):
    made = json.loads(simulate("--surplus", "1000", "--capital-percent", "22.25", "--business-percent", "0,05"))
    assert (made["capital_part"], made["business_part"]) == (223, 1)


@pytest.mark.parametrize(
    "rows",
    [
        "number;capital;business\r\nA-01;1;1\r\n",
        "Business, Name ,Capital,Number\n1,Bu Tini,1,A-01\n\n",
        "\ufeffnumber,capital,business\nA-01, 1 ,1",
    ],
)
def test_files_as_spreadsheets_write_them(simulate, rows):
    assert [row["number"] for row in json.loads(simulate(rows=rows))["members"]] == ["A-01"]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("A-04,-5,0", "members.csv, line 5: capital cannot be negative"),
        ("A-04,5,-1", "members.csv, line 5: business cannot be negative"),
        ("A-04,1.5,0", "members.csv, line 5: capital '1.5' is not whole rupiah such as 1500000"),
        ("A-04,,0", "members.csv, line 5: capital '' is not whole rupiah such as 1500000"),
        ("A-04,5", "members.csv, line 5: 2 cells instead of 3"),
        ("A-04,5,5,5", "members.csv, line 5: 4 cells instead of 3"),
        (",5,5", "members.csv, line 5: number is empty"),
        ("A-02,5,5", "members.csv, line 5: number A-02 stands in line 3 already"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(simulate, row, sentence):
    with pytest.raises(CommandError) as refused:
        simulate(rows=ROWS + row + "\n")
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--surplus", "-1"], "surplus: cannot be negative; a loss is not shared out"),
        (["--business-percent", "80.01"], "percentages: capital and business together are more than 100 %"),
        (["--capital-percent", "-1"], "percentages: cannot be negative"),
    ],
)
def test_wrong_terms_are_refused(simulate, options, sentence):
    with pytest.raises(CommandError) as refused:
        simulate(*options)
    assert str(refused.value) == sentence


@pytest.mark.parametrize("rows", ["", "A-01,700000,300000\n", "number,capital\nA-01,5\n"])
def test_a_file_without_its_columns_is_refused(simulate, rows):
    with pytest.raises(CommandError, match=r"^members\.csv, line 1: no column .*are number,capital,business$"):
        simulate(rows=rows)


def test_a_file_that_is_no_text_is_refused(simulate):
    with pytest.raises(CommandError, match=r"^members\.csv: is not a text in UTF-8$"):
        simulate(rows=ROWS + "Å,1,1\n", encoding="latin-1")


def run(*arguments):
    """The command as a script runs it, with an address where no database answers."""
    return subprocess.run(
        [sys.executable, "manage.py", "shu_simulate", *arguments],
        cwd=Path(__file__).resolve().parents[2],
        env=os.environ | {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing"},
        capture_output=True,
        text=True,
    )


TERMS = "--surplus 10000001 --capital-percent 20 --business-percent 30".split()


def test_it_works_without_a_database(tmp_path):
    file = tmp_path / "members.csv"
    file.write_text(ROWS)
    done = run(*TERMS, str(file))
    assert (done.returncode, done.stderr, json.loads(done.stdout)["total"]) == (0, "", 5_000_000)


def test_a_missing_file_is_one_line_and_exit_status_1():
    done = run(*TERMS, "nowhere.csv")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "nowhere.csv: No such file or directory\n"
