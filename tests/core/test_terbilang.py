import pytest

from core.terbilang import terbilang


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "nol rupiah"),
        (1, "satu rupiah"),
        (10, "sepuluh rupiah"),
        (11, "sebelas rupiah"),
        (12, "dua belas rupiah"),
        (19, "sembilan belas rupiah"),
        (20, "dua puluh rupiah"),
        (21, "dua puluh satu rupiah"),
        (100, "seratus rupiah"),
        (101, "seratus satu rupiah"),
        (111, "seratus sebelas rupiah"),
        (215, "dua ratus lima belas rupiah"),
        (1_000, "seribu rupiah"),
        (1_001, "seribu satu rupiah"),
        (1_100, "seribu seratus rupiah"),
        (2_000, "dua ribu rupiah"),
        (11_000, "sebelas ribu rupiah"),
        (21_000, "dua puluh satu ribu rupiah"),
        (100_000, "seratus ribu rupiah"),
        (101_000, "seratus satu ribu rupiah"),
        (999_999, "sembilan ratus sembilan puluh sembilan ribu sembilan ratus sembilan puluh sembilan rupiah"),
        (1_000_000, "satu juta rupiah"),
        (1_001_000, "satu juta seribu rupiah"),
        (1_200_000, "satu juta dua ratus ribu rupiah"),
        (1_000_000_000, "satu miliar rupiah"),
        (
            12_345_678_900,
            "dua belas miliar tiga ratus empat puluh lima juta enam ratus tujuh puluh delapan ribu "
            "sembilan ratus rupiah",
        ),
        (1_000_000_000_001, "satu triliun satu rupiah"),
        (999_000_000_000_000, "sembilan ratus sembilan puluh sembilan triliun rupiah"),
        (-15_000, "minus lima belas ribu rupiah"),
    ],
)
def test_terbilang_of_amount(amount, words):
    assert terbilang(amount) == words


def test_terbilang_beyond_trillions_is_refused():
    with pytest.raises(ValueError, match="999 trillion"):
        terbilang(10**15)
