"""The rules of every room, read without knowing the rooms: what is in force, what it says, and what it replaced."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import groupby

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from core.dates import long_date
from core.fields import RupiahField
from core.money import format_number, format_rupiah
from governance.models import Decision, RulesProposal, VersionedRules
from governance.queries.proposal import parts_of


@dataclass(frozen=True)
class Term:
    """One thing a version says, in words: its label, its value, and what the version before it said."""

    label: str
    value: str
    before: str | None = None

    @property
    def is_changed(self) -> bool:
        return self.before is not None and self.before != self.value


@dataclass(frozen=True)
class Version:
    """One version of some rules as it stands on the day that was asked about."""

    rules: VersionedRules
    terms: list[Term]
    state: str
    """`in force`, `coming` or `past`"""

    @property
    def key(self) -> str:
        return self.rules._meta.label_lower


@dataclass(frozen=True)
class Rules:
    """All versions of one kind of rules (of one product, where they are made per product), newest first."""

    kind: type[VersionedRules]
    name: str
    versions: list[Version]
    built_in: list[Term] = field(default_factory=list)
    """what holds without a version"""
    proposals: list[RulesProposal] = field(default_factory=list)

    @property
    def key(self) -> str:
        return self.kind._meta.label_lower

    @property
    def current(self) -> Version | None:
        return next((version for version in self.versions if version.state == "in force"), None)

    @property
    def coming(self) -> list[Version]:
        return [version for version in self.versions if version.state == "coming"]


def kinds() -> list[type[VersionedRules]]:
    """Every kind of dated rules in the house, by the rooms' order in the settings."""
    return [model for model in apps.get_models() if issubclass(model, VersionedRules)]


def kind_named(key: str) -> type[VersionedRules] | None:
    return next((kind for kind in kinds() if kind._meta.label_lower == key), None)


def rules(kind: type[VersionedRules], *, as_of: datetime.date) -> list[Rules]:
    """The versions of `kind`, one `Rules` per thing they are made for; one query."""
    parts = kind.scope()
    rows = (
        kind.objects.select_related("decided_in", *_foreign_keys(kind))
        .prefetch_related(*(part.related_name for part in kind.parts()))
        .order_by(*parts, "in_force_from")
    )
    found = []
    for _key, group in groupby(rows, key=lambda row: tuple(getattr(row, part) for part in parts)):
        versions, before, current = [], None, None
        for row in group:
            if row.in_force_from <= as_of:
                current = row
            versions.append((row, before))
            before = row
        found.append(
            Rules(
                kind=kind,
                name=name_of(before),
                versions=[
                    Version(row, terms(row, earlier), _state(row, current, as_of))
                    for row, earlier in reversed(versions)
                ],
            )
        )
    return found or [Rules(kind=kind, name=str(kind._meta.verbose_name), versions=[], built_in=_built_in(kind))]


def _built_in(kind) -> list[Term]:
    """What holds where nobody has put a version in force, for rules that know it."""
    row = kind.built_in()
    return terms(row) if row else []


def in_force_beside(rules: VersionedRules, *, as_of: datetime.date) -> VersionedRules | None:
    """The version in force for the same thing as `rules`, or what holds without one."""
    return type(rules).objects.filter(**{name: getattr(rules, name) for name in rules.scope()}).current(as_of)


def name_of(rules: VersionedRules) -> str:
    """`savings rules`, `loan rules: Modal kerja`."""
    of = " · ".join(show(rules._meta.get_field(part), rules) for part in rules.scope())
    name = str(rules._meta.verbose_name)
    return f"{name}: {of}" if of else name


def overview(*, as_of: datetime.date) -> list[Rules]:
    """All rules of the house with the proposals that are open: one query a kind and one for the parts of a kind."""
    open_proposals = RulesProposal.objects.open().order_by("pk")
    by_kind = defaultdict(list)
    for proposal in open_proposals:
        by_kind[proposal.kind].append(proposal)
    return [replace(each, proposals=by_kind[each.key]) for kind in kinds() for each in rules(kind, as_of=as_of)]


def terms(row: VersionedRules, before: VersionedRules | None = None) -> list[Term]:
    """What a version says, field by field, in the words of the screen."""
    return [
        Term(
            label=str(column.verbose_name),
            value=show(column, row),
            before=show(column, before) if before is not None else None,
        )
        for column in term_fields(type(row))
    ] + _parts(row, before)


def _parts(row, before) -> list[Term]:
    """The rows that belong to a version, each kind of them as one term."""
    now, then = parts_of(row), parts_of(before) if before is not None else None
    return [
        Term(
            label=str(part.related_model._meta.verbose_name),
            value=_said(now[part.related_name]),
            before=_said(then[part.related_name]) if then is not None else None,
        )
        for part in row.parts()
    ]


def _said(rows) -> str:
    return "; ".join(str(row) for row in rows) or _("none")


def term_fields(kind: type[VersionedRules]) -> list[models.Field]:
    """The columns that are rules: not the key, not the day, not the decision."""
    apart = {"in_force_from", "decided_in", *kind.scope()}
    return [column for column in kind._meta.fields if not column.primary_key and column.name not in apart]


def show(column: models.Field, row: VersionedRules) -> str:
    """A value as a person reads it. A field may bring its own words as `show(value)` (rates do)."""
    value = getattr(row, column.name)
    if value is None or value == "":
        return _("none")
    if hasattr(column, "show"):
        return column.show(value)
    if column.choices:
        return str(getattr(row, f"get_{column.name}_display")())
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(column, RupiahField):
        return format_rupiah(value)
    if isinstance(value, int):
        return format_number(value)
    if isinstance(value, datetime.date):
        return long_date(value)
    return str(value)


def set_by(decision: Decision, *, as_of: datetime.date) -> list[Version]:
    """The versions of any rules that name this decision; one query per kind."""
    found = []
    for kind in kinds():
        rows = kind.objects.filter(decided_in=decision).select_related("decided_in", *_foreign_keys(kind))
        found += [Version(row, terms(row), "coming" if row.in_force_from > as_of else "in force") for row in rows]
    return found


def _state(row, current, as_of):
    if row is current:
        return "in force"
    return "coming" if row.in_force_from > as_of else "past"


def _foreign_keys(kind):
    return [column.name for column in kind._meta.fields if column.is_relation and column.name != "decided_in"]
