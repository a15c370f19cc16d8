"""The audit trail: one line in every service, one translated sentence for every action."""

import datetime
import re
from collections.abc import Iterable
from decimal import Decimal

from django.apps import apps
from django.db.models import Model
from django.utils.translation import gettext as _

from core import dates, hooks
from core.dates import long_date
from core.models import AuditEvent, User
from core.money import format_rupiah


def record(action: str, subject: Model, *, by: User | None, **facts) -> AuditEvent:
    """Record who did `action` to `subject`, inside the caller's transaction. `by` is None where the books did it.

    `facts` are what a board would ask for later: amounts in rupiah, dates, reasons. The sentence for the action
    stands in `audit_sentences` of some AppConfig, and in `audit_guarded` who may read it where not everybody may.
    """
    [event] = record_all(action, [(subject, facts)], by=by)
    return event


def record_all(action: str, subjects: Iterable[tuple[Model, dict]], *, by: User | None) -> list[AuditEvent]:
    """The same for many things done at once, each with its facts: one statement, however many they are."""
    at = dates.now()
    return AuditEvent.objects.bulk_create(
        (
            AuditEvent(
                at=at,
                action=action,
                subject=key(subject),
                label=str(subject)[:200],
                by=by.name if by else "",
                by_username=by.username if by else "",
                facts={name: _plain(value) for name, value in facts.items()},
            )
            for subject, facts in subjects
        ),
        batch_size=1000,
    )


def key(subject: Model) -> str:
    """How the trail names an object: `loans.loan:12`."""
    return f"{subject._meta.label_lower}:{subject.pk}"


def visible_to(user: User):
    """The whole trail as `user` may read it: without what was done to things that are not shown to them."""
    events = _without_withheld(AuditEvent.objects.all(), user)
    for config in apps.get_app_configs():
        for prefix, permission in getattr(config, "audit_guarded", {}).items():
            if not user.can(permission):
                events = events.exclude(action__startswith=prefix)
    return events


def trail(*subjects: Model, reader: User | None = None):
    """Everything that was done to these objects, newest first, as `reader` may read it; None is the house itself."""
    events = AuditEvent.objects.filter(subject__in=[key(subject) for subject in subjects])
    return (_without_withheld(events, reader) if reader else events).order_by("-at", "-pk")


def _without_withheld(events, reader: User):
    """`events` without those that a room keeps from this one reader, whatever their role (decision 8).

    The hook `audit_withheld.<room>` takes the reader and says with a Q which those are.
    """
    for withheld_from in hooks.answers("audit_withheld").values():
        events = events.exclude(withheld_from(reader))
    return events


def sentence(event: AuditEvent) -> str:
    """What happened, for the timeline: `Siti approved loan P-2026-0012`."""
    told = str(sentences()[event.action]).format_map(
        _Facts(event.facts, by=event.by or _("The books"), subject=event.label)
    )
    return told.replace(" (–)", "")  # no receipt, no decision: nothing to name


def sentences() -> dict[str, str]:
    """Every known action and its sentence, gathered from the apps' configurations."""
    found = {}
    for config in apps.get_app_configs():
        found |= getattr(config, "audit_sentences", {})
    return found


class _Facts(dict):
    """The facts as a sentence shows them: amounts as rupiah, days as people write them, a dash for what is missing."""

    def __init__(self, facts, **more):
        super().__init__({**{name: _shown(name, value) for name, value in facts.items()}, **more})

    def __missing__(self, name):
        return "–"


def _shown(name, value):
    if value is None:
        return "–"
    if name.endswith("amount") and isinstance(value, int):
        return format_rupiah(value)
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return long_date(datetime.date.fromisoformat(value))
    return value


def _plain(value):
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Model):
        return str(value)
    return value
