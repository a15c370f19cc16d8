import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from core.money import LIMIT, format_number, format_percent, format_rupiah, parse_percent, parse_rupiah, split

AMOUNTS = st.integers(min_value=0, max_value=LIMIT)
WEIGHTS = st.lists(st.integers(min_value=0, max_value=10**9), min_size=1, max_size=50).filter(any)


@pytest.mark.parametrize(
    "text",
    [
        "1500000",
        "1.500.000",
        "Rp 1.500.000",
        "Rp1.500.000",
        "rp. 1500000",
        "  1.500.000  ",
        "1 500 000",
        "Rp\u00a01.500.000",
        "Rp 1.500.000,-",
        "001500000",
    ],
)
def test_amount_as_people_write_it(text):
    assert parse_rupiah(text) == 1_500_000


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("-5000", "The amount cannot be negative."),
        ("−5.000", "The amount cannot be negative."),
        ("(5000)", "The amount cannot be negative."),
        ("Rp -5.000", "The amount cannot be negative."),
        ("1.500,50", "Write whole rupiah, without a decimal part, such as 1.500.000."),
        ("1500.5", "Write whole rupiah, without a decimal part, such as 1.500.000."),
        ("1,5", "Write whole rupiah, without a decimal part, such as 1.500.000."),
        ("lima ribu", "Write the amount in digits only, such as 1.500.000."),
        ("5rb", "Write the amount in digits only, such as 1.500.000."),
        ("1e6", "Write the amount in digits only, such as 1.500.000."),
        ("٥٠٠٠", "Write the amount in digits only, such as 1.500.000."),
        ("Rp", "Write the amount in digits only, such as 1.500.000."),
        ("1.5000", "The dots belong between thousands, as in 1.500.000."),
        ("15.00.000", "The dots belong between thousands, as in 1.500.000."),
        ("999.000.000.000.001", "The amount is larger than Rp 999 trillion; please check the zeros."),
        ("9" * 5000, "The amount is larger than Rp 999 trillion; please check the zeros."),
    ],
)
def test_amount_that_is_none_has_its_own_sentence(text, sentence):
    with translation.override("en"), pytest.raises(ValueError, match="^" + sentence.replace(".", r"\.") + "$"):
        parse_rupiah(text)


def test_limit_itself_is_an_amount():
    assert parse_rupiah("999.000.000.000.000") == LIMIT


@given(AMOUNTS)
def test_what_is_shown_can_be_typed(amount):
    assert parse_rupiah(format_rupiah(amount)) == parse_rupiah(format_number(amount)) == amount


def test_negative_amount_is_shown_with_a_minus_sign():
    assert format_rupiah(-1_250_000) == "−Rp\u00a01.250.000"
    assert format_number(-1_250_000) == "−1.250.000"


def test_split_gives_the_odd_rupiah_to_the_largest_remainder():
    assert split(100, [1, 1, 1]) == [34, 33, 33]
    assert split(1_000_000, [40, 20, 20, 10, 10]) == [400_000, 200_000, 200_000, 100_000, 100_000]
    assert split(10, [1, 5]) == [2, 8]  # 1.67 and 8.33: the first has the larger remainder
    assert split(0, [0, 0]) == [0, 0]


@given(AMOUNTS, WEIGHTS)
def test_split_adds_up_and_is_nowhere_off_by_a_rupiah(total, weights):
    parts = split(total, weights)
    assert sum(parts) == total
    whole = sum(weights)
    assert all(abs(part * whole - total * weight) < whole for part, weight in zip(parts, weights, strict=True))


@given(AMOUNTS, WEIGHTS)
def test_split_gives_more_to_who_weighs_more(total, weights):
    ordered = [part for _, part in sorted(zip(weights, split(total, weights), strict=True))]
    assert ordered == sorted(ordered)


def test_split_refuses_what_cannot_be_divided():
    with pytest.raises(ValueError, match="negative"):
        split(10, [1, -1])
    with pytest.raises(ValueError, match="nothing to divide by"):
        split(10, [0, 0])


@pytest.mark.parametrize(
    ("typed", "basis_points"),
    [("1,5", 150), ("1.5", 150), ("2", 200), ("0,05", 5), ("12,25 %", 1225), (" 24% ", 2400), ("0", 0)],
)
def test_parse_percent_reads_what_people_write(typed, basis_points):
    assert parse_percent(typed) == basis_points


@pytest.mark.parametrize("typed", ["-1", "1,255", "1.500", "satu", "1,", ",5", "%", "12345"])
def test_parse_percent_refuses_what_it_cannot_hold(typed):
    with pytest.raises(ValueError, match="persen"):
        parse_percent(typed)


@pytest.mark.parametrize(("basis_points", "text"), [(150, "1,5"), (100, "1"), (1000, "10"), (5, "0,05"), (0, "0")])
def test_format_percent_has_no_needless_zeros(basis_points, text):
    assert format_percent(basis_points) == text + "\u00a0%"
