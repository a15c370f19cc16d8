"""Forms of a proposal: its values, putting it in force, rejecting it."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.fields import DayField, RupiahField, RupiahFormField
from core.forms import Form
from governance import queries
from governance.models import Decision, RulesProposal, VersionedRules
from governance.queries.decision import for_rules

SPARE_PARTS = 2
"""Empty rows offered beside those that are there."""


class ProposalForm(Form):
    """What the rules should say, with the values in force as the starting point, and why.

    Parts (the tiers of a loan) are rows of fields; a row left empty is no part.
    """

    reason = forms.CharField(
        label=_("Why?"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For the members, before they decide."),
    )

    def __init__(self, *args, kind: type[VersionedRules], parts: dict[str, int] | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind, reason = kind, self.fields.pop("reason")
        for name in kind.scope():
            self.fields[name] = kind._meta.get_field(name).formfield()
        for column in queries.term_fields(kind):
            self.fields[column.name] = _form_field(column)
        for part in kind.parts():
            for number in range(self._rows(part.related_name, (parts or {}).get(part.related_name, 0))):
                for column in _part_fields(part.related_model):
                    field = _form_field(column, required=False)
                    field.initial = None
                    field.label = (
                        f"{capfirst(part.related_model._meta.verbose_name)} {number + 1}: {column.verbose_name}"
                    )
                    self.fields[_name(part, number, column)] = field
        self.fields["reason"] = reason

    def _rows(self, name: str, there: int) -> int:
        """As many rows as the page had that is sent back, else those that are there and some to spare."""
        sent = {key.split("-")[1] for key in self.data if key.startswith(f"{name}-")}
        return len(sent) or there + SPARE_PARTS

    def clean(self):
        facts = super().clean()
        for part in self.kind.parts():
            facts[part.related_name], number = [], 0
            while self._has_row(part, number):
                row = {
                    column.name: value
                    for column in _part_fields(part.related_model)
                    if (value := facts.pop(_name(part, number, column), None)) not in (None, "")
                }
                missing = [
                    column
                    for column in _part_fields(part.related_model)
                    if row and column.name not in row and not column.has_default() and not column.null
                ]
                for column in missing:
                    self.add_error(_name(part, number, column), _("Fill this in, or leave the whole row empty."))
                if row:
                    facts[part.related_name].append(row)
                number += 1
        return facts

    def _has_row(self, part, number: int) -> bool:
        return _name(part, number, _part_fields(part.related_model)[0]) in self.fields


class PutInForceForm(Form):
    decided_in = forms.ModelChoiceField(label=_("Decided in"), queryset=Decision.objects.none())
    in_force_from = DayField(label=_("In force from"), help_text=_("Today or later. Nothing before that day changes."))

    def __init__(self, *args, proposal: RulesProposal, on, **kwargs):
        super().__init__(*args, **kwargs)
        kind = queries.kind_named(proposal.kind)
        self.fields["decided_in"].queryset = for_rules(kind, proposal, on=on)


class RejectionForm(Form):
    reason = forms.CharField(
        label=_("Why is it rejected?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everybody can read it beside the proposal."),
    )


def initial_of(rules: VersionedRules, parts: dict[str, list]) -> dict:
    """What the form starts with: the values of a version and of its parts."""
    names = [*rules.scope(), *(column.name for column in queries.term_fields(type(rules)))]
    values = {name: getattr(rules, name) for name in names}
    for part in rules.parts():
        for number, row in enumerate(parts[part.related_name]):
            for column in _part_fields(part.related_model):
                values[_name(part, number, column)] = getattr(row, column.name)
    return values


def _name(part, number, column) -> str:
    return f"{part.related_name}-{number}-{column.name}"


def _part_fields(model) -> list:
    return [column for column in model._meta.fields if not column.primary_key and column.name != "rules"]


def _form_field(column, *, required: bool | None = None):
    if isinstance(column, RupiahField):
        field = RupiahFormField(
            label=capfirst(column.verbose_name), required=not column.null, help_text=column.help_text, minimum=0
        )
    else:
        field = column.formfield()
    if required is not None:
        field.required = required
    return field
