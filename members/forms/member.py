"""Forms about a member's particulars."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import Form
from members.forms.fields import BirthField, NameField, NeighbourhoodField, NikField, PhoneField
from members.models import Member


class ParticularsForm(Form):
    """What the register holds about a person."""

    name = NameField(label=_("Name"), help_text=_("In full, as on the identity card."))
    nik = NikField(help_text=_("16 digits, from the identity card."))
    born_on = BirthField(label=_("Date of birth"))
    is_woman = forms.TypedChoiceField(
        label=_("Sex"),
        choices=[("yes", _("Woman")), ("no", _("Man"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    phone = PhoneField(required=False)
    address = forms.CharField(label=_("Address"), max_length=200, help_text=_("Street or lane and house number."))
    rt = NeighbourhoodField(label=_("RT"))
    rw = NeighbourhoodField(label=_("RW"))


class CorrectForm(ParticularsForm):
    """The same, with the NIK left out unless a new one is typed: it is not shown just because a page is opened."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, member: Member, **kwargs):
        initial = {name: getattr(member, name) for name in ("name", "born_on", "address", "rt", "rw", "version")}
        initial["phone"] = member.phone.as_national if member.phone else ""
        initial["is_woman"] = {True: "yes", False: "no"}.get(member.is_woman)
        super().__init__(*args, initial=initial, **kwargs)
        if member.nik:
            self.fields["nik"].required = False
            self.fields["nik"].help_text = gettext("Leave empty to keep {nik}.").format(nik=member.masked_nik)

    @property
    def facts(self):
        return {name: value for name, value in super().facts.items() if name != "nik" or value}
