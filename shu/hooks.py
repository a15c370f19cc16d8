"""What the SHU tells the rooms below: the division that waits for the annual meeting, the page of an entry."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from core.money import format_rupiah
from governance.agenda import Proposed
from governance.models import DecisionKind, Meeting
from ledger.models import Entry, Period
from shu.models import Distribution, Share


def for_the_agenda(*, kind: str, on: datetime.date) -> Iterator[Proposed]:
    if kind != Meeting.Kind.ANNUAL:
        return
    for distribution in Distribution.objects.standing().filter(approved_on=None, proposed_on__lte=on, year__lt=on.year):
        yield Proposed(
            kind=DecisionKind.SHU,
            subject=distribution,
            title=_("SHU {year} and how it is divided").format(year=distribution.year),
            text=_("{amount} to divide.").format(amount=format_rupiah(distribution.surplus)),
            url=reverse("shu:distribution", args=[distribution.pk]),
        )


def page_of_distribution(entry: Entry) -> str:
    """Of `shu:<distribution>:…`."""
    return reverse("shu:distribution", args=[entry.reference.split(":")[1]])


def page_of_share(entry: Entry) -> str:
    """Of `shu_share:<share>:…`, where the payment is reversed."""
    share = Share.objects.get(pk=entry.reference.split(":")[1])
    return reverse("shu:distribution", args=[share.distribution_id])


def undecided(as_of):
    return Distribution.objects.standing().filter(approved_on=None)


def books_closed(year: int) -> tuple[str, bool, str]:
    """The annual report is read from closed months (UU 25/1992 art. 35)."""
    months = Period.objects.filter(month__year=year)
    done = months.exists() and not months.filter(closed_on=None).exists()
    return _("Months of {year} closed, for the annual report").format(year=year), done, reverse("reports:annual")


def proposed(year: int) -> tuple[str, bool, str]:
    done = Distribution.objects.standing().filter(year=year).exists()
    return _("Division of the SHU {year} proposed").format(year=year), done, reverse("shu:preview")
