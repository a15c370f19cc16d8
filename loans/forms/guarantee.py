"""Input of a request to guarantee."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.dates import today
from core.forms import Form
from members.models import Member


class GuarantorForm(Form):
    guarantor = forms.ModelChoiceField(
        Member.objects.none(), label=_("Who guarantees it?"), help_text=_("A member who will be asked to say yes.")
    )

    def __init__(self, *args, loan, **kwargs):
        super().__init__(*args, **kwargs)
        taken = [loan.member_id, *loan.guarantors.values_list("member_id", flat=True)]
        others = Member.objects.entered(as_of=today()).exclude(pk__in=taken)
        self.fields["guarantor"].queryset = others.order_by("name")
