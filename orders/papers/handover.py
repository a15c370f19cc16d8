"""The handover sheet: what it says. How it looks stands in templates/orders/."""

import datetime

from django.conf import settings
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core import documents
from core.money import format_quantity
from orders.models.quantities import NONE
from orders.queries import Journey, terms_in_words

FOR_THE_PEN = 3
"""So many empty rows for deliveries that are still to come."""


def handover(journey: Journey, *, on: datetime.date) -> bytes:
    """The handover sheet as it stands on `on`: terms, material, money ahead, deliveries, settlement, signatures."""
    claim, maker, holder = journey.claim, journey.maker, journey.holder
    offer, order = claim.offer, claim.offer.line.order
    sections = (_materials(journey), _advances(journey), _deliveries(journey), _settlements(journey))
    return documents.pdf(
        "orders/handover.typ",
        {
            "on": on,
            "title": _("Handover sheet"),
            "number": f"{order.number}/{claim.pk}",
            "facts": [
                (_("Number"), f"{order.number}/{claim.pk}"),
                (_("Maker"), maker.name),
                (_("Holder of the order"), holder.name),
                (_("Work"), f"{journey.promised} {offer.line.item}"),
                (_("Taken"), date_format(claim.claimed_on, "j F Y")),
                (_("Due on"), date_format(offer.due_on, "j F Y")),
                (_("Material"), _("goes along") if offer.material_included else _("the maker's own")),
                *([(_("Note"), offer.note)] if offer.note else []),
            ],
            "terms": {"title": _("Agreed by both"), "rows": terms_in_words(claim)},
            "sections": [section for section in sections if section["rows"]],
            "open": "" if journey.is_gone or journey.is_over else journey.waits_for,
            "signatures": [
                {"office": _("Maker"), "name": maker.name},
                {"office": _("Holder of the order"), "name": holder.name},
            ],
            "place": _("{place}, {day}").format(place=settings.COOPERATIVE_CITY, day=date_format(on, "j F Y")),
        },
    )


def _day(day: datetime.date | None) -> str:
    return date_format(day, "d/m/y") if day else ""


def _deliveries(journey: Journey) -> dict:
    rows = [
        (
            _day(one.delivered_on),
            format_quantity(one.delivered),
            _day(one.confirmed_on),
            *(("", "", "", "", None) if one.confirmed_on is None else _count(one)),
        )
        for one in journey.deliveries
    ]
    counted = journey.confirmed
    total = (
        _("Total"),
        format_quantity(sum((one.delivered for one in journey.deliveries), NONE)),
        "",
        format_quantity(sum((one.received for one in counted), NONE)),
        format_quantity(journey.accepted),
        format_quantity(sum((one.not_good for one in counted), NONE)),
        "",
        journey.worth,
    )
    if journey.claim.to_send > 0:
        rows += [("\u00a0\n\u00a0", "", "", "", "", "", "", None)] * FOR_THE_PEN
    return {
        "title": _("Deliveries, in {unit}").format(unit=journey.unit),
        "columns": [
            (_("Sent on"), "text"),
            (_("Sent"), "number"),
            (_("Counted on"), "text"),
            (_("Arrived"), "number"),
            (_("Accepted"), "number"),
            (_("Not good"), "number"),
            (_("What was wrong"), "wide"),
            (_("Worth (Rp)"), "number"),
        ],
        "rows": rows,
        "total": total if counted else None,
    }


def _count(delivery) -> tuple:
    return (
        format_quantity(delivery.received),
        format_quantity(delivery.accepted),
        format_quantity(delivery.not_good),
        delivery.rejection_reason,
        delivery.amount,
    )


def _materials(journey: Journey) -> dict:
    return {
        "title": _("Material that went along"),
        "columns": [
            (_("Given on"), "text"),
            (_("Material"), "wide"),
            (_("Quantity"), "number"),
            (_("Came back"), "number"),
            (_("Confirmed on"), "text"),
            (_("Taken off (Rp)"), "number"),
        ],
        "rows": [
            (
                _day(one.given_on),
                str(one.item),
                f"{format_quantity(one.quantity)} {one.item.base_unit}",
                format_quantity(one.returned) if one.returned else "",
                _day(one.confirmed_on),
                one.owed or None,
            )
            for one in journey.materials
            if not one.dropped_on
        ],
        "total": None,
    }


def _advances(journey: Journey) -> dict:
    return {
        "title": _("Paid ahead and back"),
        "columns": [
            (_("Paid on"), "text"),
            (_("What"), "wide"),
            (_("Way of paying"), "text"),
            (_("Confirmed on"), "text"),
            (_("Amount (Rp)"), "number"),
        ],
        "rows": [
            (
                _day(one.paid_on),
                capfirst(one.get_kind_display()),
                one.get_method_display(),
                _day(one.confirmed_on),
                one.amount,
            )
            for one in journey.advances
            if not one.reversed_on
        ],
        "total": None,
    }


def _settlements(journey: Journey) -> dict:
    paid = journey.settlements
    sums = [sum(getattr(one, name) for one in paid) for name in ("work", "taken_off", "amount")]
    return {
        "title": _("Settlement"),
        "columns": [
            (_("Settled on"), "text"),
            (_("Way of paying"), "wide"),
            (_("Maker has it since"), "text"),
            (_("Work (Rp)"), "number"),
            (_("Taken off (Rp)"), "number"),
            (_("Paid (Rp)"), "number"),
        ],
        "rows": [
            (
                _day(one.settled_on),
                capfirst(one.get_method_display()),
                _day(one.paid_on),
                one.work,
                -one.taken_off,
                one.amount,
            )
            for one in paid
        ],
        "total": (_("Total"), "", "", sums[0], -sums[1], sums[2]) if len(paid) > 1 else None,
    }
