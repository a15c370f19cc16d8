"""The shape of what is ticked and typed about who came."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Form
from members.models import Member


class AttendanceForm(Form):
    """One screen with a box for everybody who was a member that day."""

    members = forms.ModelMultipleChoiceField(
        label=_("Who came"), queryset=Member.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, meeting, there=(), **kwargs):
        initial = {"members": list(there), "shown": ",".join(map(str, there))}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["members"].queryset = Member.objects.entered(as_of=meeting.on).order_by("name")

    def clean_shown(self):
        """Who was ticked when the page was opened: whoever checked in by phone since then is left alone."""
        return [int(key) for key in self.cleaned_data["shown"].split(",") if key.isdigit()]


class CheckInForm(Form):
    code = forms.RegexField(
        r"^\s*\d{3}\s?\d{3}\s*$",
        label=_("Code on the screen"),
        help_text=_("Six digits; they change every minute."),
        error_messages={"invalid": _("The code has six digits. Look at the screen in the room.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "size": 8}),
    )

    def clean_code(self):
        return "".join(self.cleaned_data["code"].split())
