"""What the services of the activities share."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.errors import Refused


class ActivityRefused(Refused):
    pass


def span(months) -> str:
    """`October 2026` or `August 2026 to October 2026`."""
    first, last = (date_format(month, "F Y") for month in (months[0], months[-1]))
    return first if first == last else _("{first} to {last}").format(first=first, last=last)
