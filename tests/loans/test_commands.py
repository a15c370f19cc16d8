"""`manage.py loan_schedule` and `loan_penalty`: for people and for scripts, without a database."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

FLAT = "--principal 300000 --method flat --rate 1.5 --rate-per month --instalments 3 --disbursed-on 2026-01-31".split()


def output(*arguments):
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_loan_schedule_prints_the_agreed_json():
    made = json.loads(output("loan_schedule", *FLAT))
    assert made == {
        "instalments": [
            {
                "number": number,
                "due_on": due_on,
                "principal": 100_000,
                "interest": 4_500,
                "total": 104_500,
                "balance": balance,
            }
            for number, due_on, balance in [
                (1, "2026-02-28", 200_000),
                (2, "2026-03-31", 100_000),
                (3, "2026-04-30", 0),
            ]
        ],
        "principal": 300_000,
        "interest": 13_500,
        "total": 313_500,
    }


def test_loan_schedule_takes_every_option():
    made = json.loads(
        output(
            "loan_schedule",
            *"--principal 1000000 --method annuity --rate 17.25 --rate-per year --instalments 10".split(),
            *"--every 2 --period week --day-count actual/actual".split(),
            *"--rounding half_even --round-to 100 --instalment-multiple 1000 --instalment-rounding up".split(),
            *"--principal-grace 1 --disbursed-on 2026-01-01 --first-due-on 2026-01-12".split(),
        )
    )
    assert made["principal"] == 1_000_000
    assert made["instalments"][0]["principal"] == 0
    assert [row["due_on"] for row in made["instalments"][:2]] == ["2026-01-12", "2026-01-26"]


def test_loan_schedule_prints_a_table_for_people():
    lines = output("loan_schedule", *FLAT, "--format", "table").splitlines()
    assert lines[1].split() == ["1", "2026-02-28", "100.000", "4.500", "104.500", "200.000"]
    assert lines[-1].split() == ["sum", "300.000", "13.500", "313.500"]


@pytest.mark.parametrize(
    ("days", "paid_on", "expected"),
    [
        ("0", "2026-02-22", {"days_late": 10, "penalty": 5_900}),
        ("3", "2026-02-22", {"days_late": 10, "penalty": 4_130}),
        ("0", "2026-02-12", {"days_late": 0, "penalty": 0}),
    ],
)
def test_loan_penalty(days, paid_on, expected):
    words = f"loan_penalty --overdue 118000 --rate 0.5 --per day --due-on 2026-02-12 --paid-on {paid_on}".split()
    assert json.loads(output(*words, "--grace-days", days)) == expected


@pytest.mark.parametrize(
    "wrong",
    [
        ["--principal", "0"],
        ["--principal", "12.5"],
        ["--rate", "much"],
        ["--method", "balloon"],
        ["--disbursed-on", "2026-02-30"],
        ["--first-due-on", "2026-01-31"],
    ],
)
def test_wrong_terms_are_refused_in_one_line(wrong):
    with pytest.raises(CommandError) as refusal:
        output("loan_schedule", *FLAT, *wrong)
    assert len(str(refusal.value).splitlines()) == 1


def run(*arguments):
    """The command as a script runs it, with an address where no database answers."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=Path(__file__).resolve().parents[2],
        env=os.environ | {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing"},
        capture_output=True,
        text=True,
    )


def test_it_works_without_a_database():
    done = run("loan_schedule", *FLAT)
    assert (done.returncode, done.stderr, json.loads(done.stdout)["total"]) == (0, "", 313_500)


def test_an_error_is_one_line_and_exit_status_1():
    done = run("loan_schedule", *FLAT, "--principal", "-5")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "principal: must be at least 1\n")
