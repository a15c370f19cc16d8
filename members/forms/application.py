"""Forms of an application: the applicant's particulars, and the decision."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField
from core.forms import Form
from members.forms.member import ParticularsForm


class ApplyForm(ParticularsForm):
    on = PastDayField(label=_("Date of the application"))


class AdmitForm(Form):
    on = PastDayField(label=_("Date of the decision"))


class RefuseForm(Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The applicant can read this and may appeal to the next members' meeting."),
    )
    on = PastDayField(label=_("Date of the decision"))
