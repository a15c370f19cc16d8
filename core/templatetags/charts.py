"""Charts without a script: SVG carries only the geometry, every word and number is text beside it.

So they stretch to any width without the letters growing or shrinking, follow the colours of the page, and read well
aloud. `rows` are pairs of a label and a whole number.
"""

from django import template
from django.utils.translation import gettext as _

from core import money

register = template.Library()


@register.inclusion_tag("parts/bar_chart.html")
def bar_chart(rows, title="", heading="", unit=""):
    """Amounts side by side, as a table whose middle column shows each as a bar. Negative ones point the same way in

    the colour of a warning, with their sign in the number.
    """
    rows = [(label, value or 0) for label, value in rows]
    top = max((abs(value) for _label, value in rows), default=0) or 1
    bars = [
        {"label": label, "value": value, "width": _decimal(abs(value) * 100 / top), "is_below": value < 0}
        for label, value in rows
    ]
    return {"bars": bars, "title": title, "heading": heading, "unit": unit}


@register.inclusion_tag("parts/line_chart.html")
def line_chart(rows, title="", heading="", unit=""):
    """A course over time: a line with its scale, first, middle and last label, and the numbers in a fold-out table."""
    rows = [(label, value or 0) for label, value in rows]
    values = [value for _label, value in rows]
    low, high = min([0, *values]), max([0, *values])
    labels = [label for label, _value in rows]
    shown = labels if len(labels) <= 6 else [labels[0], labels[len(labels) // 2], labels[-1]]
    return {
        "rows": rows,
        "title": title,
        "heading": heading,
        "unit": unit,
        "points": (points := _points(values, low, high or (1 if low == 0 else 0))),
        "area": f"0,100 {points} 100,100",
        "scale": [short_number(value) for value in (high, (high + low) // 2, low)],
        "labels": shown,
    }


@register.inclusion_tag("parts/spark.html")
def spark(values):
    """A trend as small as a word, decoration beside its figure: hidden from screen readers."""
    values = list(values)
    low, high = min(values, default=0), max(values, default=0)
    points = _points(values, low, high if high > low else low + 1, pad=8)
    return {"points": points, "area": f"0,100 {points} 100,100"}


def short_number(value):
    """`1.250.000` as `1,3 jt` for the scale beside a chart."""
    for size, pattern in (
        (10**12, _("{} trillion")),
        (10**9, _("{} billion")),
        (10**6, _("{} million")),
        (10**3, _("{} thousand")),
    ):
        if abs(value) >= size:
            tenths = round(value * 10 / size)
            text = money.format_number(tenths // 10) if tenths % 10 == 0 else f"{tenths / 10:.1f}".replace(".", ",")
            return pattern.format(text)
    return money.format_number(value)


def _points(values, low, high, pad=0):
    """`x,y` pairs in a field of 100 by 100 with the origin at the top left, as SVG wants them."""
    if not values:
        return ""
    if len(values) == 1:
        values = values * 2
    step, span = 100 / (len(values) - 1), (high - low) or 1
    return " ".join(
        f"{_decimal(index * step)},{_decimal(100 - pad - (value - low) * (100 - 2 * pad) / span)}"
        for index, value in enumerate(values)
    )


def _decimal(number):
    return f"{number:.1f}".rstrip("0").rstrip(".")
