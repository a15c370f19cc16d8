"""The values of a version as they are kept in a proposal, and back again."""

from typing import Any

from django.apps import apps
from django.db import models

from governance.models import RulesProposal, VersionedRules


def to_store(kind: type[VersionedRules], values: dict) -> dict:
    """Plain values for JSON: keys for other rows, words for decimals and days."""
    parts = _parts(kind)
    return {
        name: [{column: _plain(each) for column, each in row.items()} for row in value or []]
        if name in parts
        else _plain(value)
        for name, value in values.items()
    }


def values_of(proposal: RulesProposal) -> tuple[type[VersionedRules], dict]:
    """The kind of rules and the values as `put_in_force` takes them. Rows that are named are fetched."""
    kind = apps.get_model(proposal.kind)
    parts, found = _parts(kind), {}
    for name, value in proposal.values.items():
        found[name] = [_python_row(parts[name], row) for row in value] if name in parts else _python(kind, name, value)
    return kind, found


def drafted(kind: type[VersionedRules], values: dict, **facts) -> VersionedRules:
    """The version those values would make, not written; its parts stand in `drafted_parts`."""
    parts = _parts(kind)
    rules = kind(**{name: value for name, value in values.items() if name not in parts}, **facts)
    rules.drafted_parts = {name: [model(**row) for row in values.get(name) or []] for name, model in parts.items()}
    return rules


def parts_of(rules: VersionedRules) -> dict[str, list]:
    """The parts of a version, written or drafted, by the name of their relation."""
    names = _parts(type(rules))
    if rules.pk is None:
        return getattr(rules, "drafted_parts", {name: [] for name in names})
    return {name: list(getattr(rules, name).all()) for name in names}


def _parts(kind) -> dict[str, type[models.Model]]:
    return {part.related_name: part.related_model for part in kind.parts()}


def _plain(value: Any):
    if isinstance(value, models.Model):
        return value.pk
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _python(model, name: str, value):
    column = model._meta.get_field(name)
    if value is not None and column.is_relation:
        return column.related_model._default_manager.get(pk=value)
    return column.to_python(value)


def _python_row(model, row: dict) -> dict:
    return {name: _python(model, name, value) for name, value in row.items()}
