"""What a correction changes on a row, and how the trail tells it: old and new, side by side."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from members.models import Member


def make(row, values: dict) -> dict:
    """Set `values` on the row and count its version up; {name: (before, after)} of what differs."""
    changes = {}
    for name, value in values.items():
        before, after = getattr(row, name), row._meta.get_field(name).to_python(value)
        if before != after:
            changes[name] = (before, after)
            setattr(row, name, after)
    if changes:
        row.version += 1
    return changes


def facts(row, changes: dict) -> dict:
    """For the trail: `before` and `after` by field, and `changes` in words. A NIK never stands there in full."""
    fields = {name: row._meta.get_field(name) for name in changes}
    before = {name: _in_words(fields[name], old) for name, (old, _new) in changes.items()}
    after = {name: _in_words(fields[name], new) for name, (_old, new) in changes.items()}
    words = [f"{capfirst(fields[name].verbose_name)}: {before[name]} → {after[name]}" for name in changes]
    return {"before": before, "after": after, "changes": "; ".join(words)}


def _in_words(field, value) -> str:
    if isinstance(value, list):
        return ", ".join(_in_words(field.base_field, item) for item in value) or "–"
    if field.name == "nik" and value:
        return Member(nik=value).masked_nik
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field.choices and value:
        return str(dict(field.flatchoices)[value])
    return "–" if value in (None, "") else str(value)
