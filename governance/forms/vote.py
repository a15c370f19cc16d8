"""The shape of a ballot, and of what is counted in the room."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.forms import Form
from governance.models import AgendaItem, Vote


class BallotForm(Form):
    choice = forms.ChoiceField(label=_("Your vote"), widget=forms.RadioSelect)

    def __init__(self, *args, item: AgendaItem, **kwargs):
        super().__init__(*args, **kwargs)
        if item.is_election:
            answers = [(str(row.pk), row.member.name) for row in item.candidates.select_related("member")]
            answers += [
                (Vote.Choice.AGAINST, _("None of them")),
                (Vote.Choice.ABSTAIN, capfirst(Vote.Choice.ABSTAIN.label)),
            ]
        else:
            answers = [(choice.value, capfirst(choice.label)) for choice in Vote.Choice]
        self.fields["choice"].choices = answers


class HandsForm(Form):
    """The hands, or slips of paper, as counted: one box for each answer."""

    in_favour = forms.IntegerField(label=_("In favour"), min_value=0, max_value=100_000)
    against = forms.IntegerField(label=_("Against"), min_value=0, max_value=100_000, initial=0)
    abstained = forms.IntegerField(label=_("Abstained"), min_value=0, max_value=100_000, initial=0)

    def __init__(self, *args, item: AgendaItem, **kwargs):
        super().__init__(*args, **kwargs)
        self.candidates = list(item.candidates.select_related("member")) if item.is_election else []
        if item.is_election:
            del self.fields["in_favour"]
            self.fields["against"].label = _("None of them")
        for row in self.candidates:
            self.fields[f"candidate_{row.pk}"] = forms.IntegerField(
                label=row.member.name, min_value=0, max_value=100_000
            )
        self.order_fields([*(f"candidate_{row.pk}" for row in self.candidates), "in_favour", "against", "abstained"])

    @property
    def facts(self):
        data = self.cleaned_data
        found = {name: data[name] for name in ("in_favour", "against", "abstained") if name in data}
        if self.candidates:
            found["candidates"] = {row.pk: data[f"candidate_{row.pk}"] for row in self.candidates}
        return found


class ConsensusForm(Form):
    """Everybody agrees; in an election, on whom."""

    def __init__(self, *args, item: AgendaItem, **kwargs):
        super().__init__(*args, **kwargs)
        if item.is_election:
            self.fields["candidate"] = forms.ModelChoiceField(
                label=_("Elected"),
                queryset=item.candidates.select_related("member"),
                empty_label=None,
                widget=forms.RadioSelect,
            )


class BoothForm(Form):
    """Whose turn it is at the booth: those present who have not voted yet."""

    attendance = forms.ModelChoiceField(label=_("Member"), queryset=None)

    def __init__(self, *args, item: AgendaItem, **kwargs):
        super().__init__(*args, **kwargs)
        waiting = item.meeting.attendances.counted().exclude(votes__item=item)
        self.fields["attendance"].queryset = waiting.select_related("member").order_by("member__name")
        self.fields["attendance"].label_from_instance = lambda row: row.member.name
