"""What the price lists tell the rooms below: the draft that waits for the members."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.agenda import Proposed
from governance.models import DecisionKind
from pricing.models import PriceList


def for_the_agenda(*, kind: str, on: datetime.date) -> Iterator[Proposed]:
    for draft in PriceList.objects.filter(in_force_from=None, drafted_on__lte=on):
        count = draft.prices.count()
        if not count:
            continue
        yield Proposed(
            kind=DecisionKind.PRICE_LIST,
            subject=draft,
            title=_("New price list"),
            text=ngettext("{count} price agreed by all.", "{count} prices agreed by all.", count).format(count=count),
            url=reverse("pricing:draft"),
        )


def undecided(as_of):
    return PriceList.objects.draft()
