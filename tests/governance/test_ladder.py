"""Which step is due: by the worked timeline of docs/rules.md, and whatever days people take."""

import datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance.ladder import CHAIN, LETTERS, Intervals, Step, day_of, following, next_step

RULES = Intervals(reminder=3, notice=1, letter_1=7, between_letters=14, case=14)
DUE = datetime.date(2026, 3, 12)


def march(day):
    return datetime.date(2026, 3, day)


def step(on, **past):
    return next_step(RULES, due_on=DUE, past={Step(name): day for name, day in past.items()}, on=on)


def test_the_worked_timeline_of_the_rules():
    assert step(march(8)) is None
    assert step(march(9)) == "reminder"
    past = {"reminder": march(9)}
    assert step(march(12), **past) is None
    assert step(march(13), **past) == "notice"
    past["notice"] = march(13)
    assert step(march(18), **past) is None
    assert step(march(19), **past) == "letter_1"
    past["letter_1"] = None  # prepared on the 19th, on its way
    assert step(march(31), **past) is None
    past["letter_1"] = march(21)  # handed over
    assert step(datetime.date(2026, 4, 3), **past) is None
    assert step(datetime.date(2026, 4, 4), **past) == "letter_2"
    past["letter_2"] = datetime.date(2026, 4, 6)
    assert step(datetime.date(2026, 4, 20), **past) == "letter_3"
    past["letter_3"] = datetime.date(2026, 4, 22)
    assert step(datetime.date(2026, 5, 5), **past) is None
    assert step(datetime.date(2026, 5, 6), **past) == "case"
    past["case"] = datetime.date(2026, 5, 6)
    assert step(datetime.date(2027, 1, 1), **past) is None


def test_a_reminder_whose_day_is_over_is_left_out():
    assert step(march(13)) == "notice"


def test_who_was_told_late_has_the_days_until_letter_1_all_the_same():
    assert step(march(30), notice=march(28)) is None
    assert step(datetime.date(2026, 4, 2), notice=march(28)) is None
    assert step(datetime.date(2026, 4, 3), notice=march(28)) == "letter_1"


def test_part_of_it_paid_lets_letter_1_wait_for_what_is_still_owed():
    april = datetime.date(2026, 4, 12)
    found = next_step(RULES, due_on=april, past={Step.NOTICE: march(13)}, on=datetime.date(2026, 4, 15))
    assert found is None


intervals = st.builds(
    lambda reminder, notice, more, between, case: Intervals(reminder, notice, notice + more, between, case),
    st.integers(0, 14),
    st.integers(1, 14),
    st.integers(1, 30),
    st.integers(1, 30),
    st.integers(1, 30),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    intervals,
    st.lists(st.integers(0, 9), min_size=3, max_size=3),  # days a letter is on its way
    st.lists(st.integers(1, 40), min_size=1, max_size=60),  # days between two mornings on which the books look
    st.integers(0, 400),  # days after which it is paid
)
def test_no_step_is_skipped_taken_twice_or_taken_early(rules, ways, pauses, paid_after):
    """A year of mornings, some of them missed; letters take their time; one day it is paid."""
    due_on = datetime.date(2026, 1, 12)
    on = due_on - datetime.timedelta(days=20)
    past, taken, arriving = {}, [], {}
    for pause in pauses:
        on += datetime.timedelta(days=pause)
        if on > due_on + datetime.timedelta(days=paid_after):
            break  # paid: nobody asks any more
        for letter, day in arriving.items():
            if past[letter] is None and day <= on:
                past[letter] = day
        found = next_step(rules, due_on=due_on, past=past, on=on)
        if found is None:
            continue
        assert found not in past, "twice"
        assert on >= day_of(found, rules, due_on=due_on, past=past), "early"
        if found in LETTERS:
            past[found] = None
            arriving[found] = on + datetime.timedelta(days=ways[LETTERS.index(found)])
        else:
            past[found] = on
        taken.append((found, on))
    chain = [found for found, _on in taken if found != Step.REMINDER]
    assert chain == list(CHAIN[: len(chain)]), "skipped"
    assert [on for _found, on in taken] == sorted(on for _found, on in taken)
    days = dict(taken)
    if Step.REMINDER in days:
        assert due_on - datetime.timedelta(days=rules.reminder) <= days[Step.REMINDER] <= due_on
    if Step.LETTER_1 in days:
        assert (days[Step.LETTER_1] - due_on).days >= rules.letter_1
        assert (days[Step.LETTER_1] - days[Step.NOTICE]).days >= rules.letter_1 - rules.notice
    for before, after, least in (
        (Step.LETTER_1, Step.LETTER_2, rules.between_letters),
        (Step.LETTER_2, Step.LETTER_3, rules.between_letters),
        (Step.LETTER_3, Step.CASE, rules.case),
    ):
        if after in days:
            assert (days[after] - past[before]).days >= least


def test_nothing_follows_a_case():
    assert following(dict.fromkeys(CHAIN, DUE)) is None
