"""Papers of the cooperative as PDF, set by typst: what they say comes from here, how they look from templates/*.typ."""

import datetime
import json
from decimal import Decimal
from functools import wraps

import typst
from django.conf import settings
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import override

from core.dates import long_date


def in_its_language(paper):
    """Decorates a function that says what stands on a receipt: it goes to the payer in the cooperative's language,

    whatever language the officer reads the pages in.
    """

    @wraps(paper)
    def written(*args, **facts):
        with override(settings.LANGUAGE_CODE):
            return paper(*args, **facts)

    return written


def pdf(template: str, data: dict, *, tagged: bool = True) -> bytes:
    """The paper `templates/<template>` (`ledger/receipt.typ`) filled with `data`.

    The template reads `data` as JSON, so nothing a person typed is ever taken for markup. Whole rupiah stay integers
    and are written out by the letterhead's `number` and `rupiah`; a date arrives as `12 November 2026`. The paper is
    dated `data["on"]`, so the same facts give the same bytes on every machine. Turn `tagged` off for tables of
    thousands of rows: tags make them ten times larger.
    """
    root = settings.BASE_DIR / "templates"
    facts = {"cooperative": {"name": settings.COOPERATIVE_NAME, "address": settings.COOPERATIVE_ADDRESS}} | data
    return typst.compile(
        str(root / template),
        root=str(root),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(facts, default=_plain)},
        timestamp=_noon(data["on"]),
        pdf_tags=tagged,
    )


def _noon(on: datetime.date) -> int:
    return int(datetime.datetime.combine(on, datetime.time(12), tzinfo=datetime.UTC).timestamp())


def _plain(value):
    if isinstance(value, datetime.date):
        return long_date(value)
    if isinstance(value, Decimal | Model | Promise):
        return str(value)
    raise TypeError(f"{value!r} cannot stand on a paper")
