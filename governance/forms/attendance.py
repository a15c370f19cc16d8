"""The shape of what is ticked about who came."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Form
from members.models import Member


class AttendanceForm(Form):
    """One screen with a box for everybody who was a member that day."""

    members = forms.ModelMultipleChoiceField(
        label=_("Who came"), queryset=Member.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = Member.objects.entered(as_of=meeting.on).order_by("name")
