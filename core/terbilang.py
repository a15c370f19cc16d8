"""Amounts in Indonesian words, as a receipt must carry them. Pure: no database, no clock, no Django."""

ONES = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"]
SCALES = ["", "ribu", "juta", "miliar", "triliun"]


def terbilang(amount: int) -> str:
    """`1200000` as `satu juta dua ratus ribu rupiah`, up to Rp 999 trillion; a negative amount begins with `minus`.

    A single thousand is `seribu` wherever it stands (1.001.000 is `satu juta seribu`); 21.000 is `dua puluh satu
    ribu`, and a million, billion or trillion is always counted (`satu juta`, never `sejuta`).
    """
    if abs(amount) >= 10**15:
        raise ValueError("amounts are written out up to 999 trillion")
    return f"{'minus ' if amount < 0 else ''}{_number(abs(amount))} rupiah"


def _number(number: int) -> str:
    if number == 0:
        return ONES[0]
    words = []
    for power in range(len(SCALES) - 1, -1, -1):
        group = number // 1000**power % 1000
        if group == 1 and power == 1:
            words.append("seribu")
        elif group:
            words += [_below_thousand(group), SCALES[power]]
    return " ".join(filter(None, words))


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = ["seratus" if hundreds == 1 else f"{ONES[hundreds]} ratus"] if hundreds else []
    if 0 < rest < 12:
        words.append(ONES[rest])
    elif 12 <= rest < 20:
        words.append(f"{ONES[rest - 10]} belas")
    elif rest:
        tens, ones = divmod(rest, 10)
        words += [f"{ONES[tens]} puluh", *([ONES[ones]] if ones else [])]
    return " ".join(words)
