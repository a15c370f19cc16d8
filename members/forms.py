"""What is typed about people, businesses and partners: shape and words; whether it may be done the services decide."""

import re

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.crypto import get_random_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from core import dates
from core.fields import DayField, PastDayField
from core.forms import Form
from core.models import User
from core.permissions import Role
from members import nik
from members.models import Member, Partner, Product, Skill

YOUNGEST, OLDEST = 17, 120  # years; an identity card is given at 17

# -- fields ----------------------------------------------------------------------------------------------------------


class NameField(forms.CharField):
    """A name of people or businesses: one line with at least one letter, single blanks between words."""

    def __init__(self, *, max_length=120, **kwargs):
        super().__init__(max_length=max_length, **kwargs)

    def clean(self, value):
        text = " ".join(super().clean(value).split())
        if text and not re.search(r"[^\W\d_]", text):
            raise ValidationError(_("Write a name; there is no letter in this."), code="no_letter")
        return text


class NikField(forms.CharField):
    """The 16 digits of the identity card; blanks, dots and dashes between them are taken away."""

    def __init__(self, **kwargs):
        super().__init__(label=_("NIK"), max_length=30, **kwargs)
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        digits = re.sub(r"[\s.-]", "", text)
        if not re.fullmatch(r"[0-9]+", digits):
            raise ValidationError(_("A NIK has digits only, as on the identity card."), code="invalid")
        if len(digits) != 16:
            sentence = gettext("A NIK has 16 digits; these are {count}.").format(count=len(digits))
            raise ValidationError(sentence, code="invalid")
        try:
            return nik.read(digits)
        except nik.NotANik:
            raise ValidationError(
                _("Digits 7 to 12 of a NIK are a birth date (day, month, year); here they are none. Look at the card."),
                code="invalid",
            ) from None


class PhoneField(PhoneNumberField):
    """A telephone number as people write it, kept as +62…; landlines such as 0274 512345 are welcome."""

    default_error_messages = {
        "invalid": _("This is no telephone number. Write it like 0812 3456 7890, 0274 512345 or +62 812 3456 7890.")
    }

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Telephone"))
        kwargs.setdefault("help_text", _("Mobile or landline, such as 0812 3456 7890 or 0274 512345."))
        super().__init__(region="ID", **kwargs)
        self.error_messages["invalid"] = self.default_error_messages["invalid"]
        self.widget.input_type = "tel"


class NeighbourhoodField(forms.CharField):
    """RT or RW: up to three digits, kept as three (`54` becomes `054`)."""

    def __init__(self, **kwargs):
        super().__init__(max_length=3, **kwargs)
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return ""
        if not re.fullmatch(r"[0-9]{1,3}", text) or int(text) == 0:
            raise ValidationError(_("Write the number only, such as 54 or 054."), code="invalid")
        return text.zfill(3)


class BirthField(DayField):
    """A birth date of somebody old enough to join, and young enough to be alive."""

    def clean(self, value):
        day = super().clean(value)
        today = dates.today()
        if day and day >= today:
            raise ValidationError(_("A birth date lies in the past. Look at the year."), code="future")
        if day and day < dates.add_months(today, -12 * OLDEST):
            raise ValidationError(_("This is more than 120 years ago. Look at the year."), code="too_old")
        if day and day > dates.add_months(today, -12 * YOUNGEST):
            raise ValidationError(_("Members are at least 17 years old. Look at the year."), code="too_young")
        return day


# -- a person --------------------------------------------------------------------------------------------------------


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


class ApplyForm(ParticularsForm):
    on = PastDayField(label=_("Date of the application"))


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


class AdmitForm(Form):
    on = PastDayField(label=_("Date of the decision"))


class RefuseForm(Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The applicant is told this and may take it to the next members' meeting."),
    )
    on = PastDayField(label=_("Date of the decision"))


def suggested_password() -> str:
    """Easy to read out over the telephone: no letters that look like digits."""
    return get_random_string(10, "abcdefghjkmnpqrstuvwxyz23456789")


class PasswordForm(Form):
    """A temporary password, shown so that the secretary can pass it on; its owner changes it at the first login."""

    password = forms.CharField(
        label=_("Temporary password"),
        max_length=60,
        initial=suggested_password,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        help_text=_("Write it down for the member now: it is not shown again, and must be changed at the first login."),
    )

    def clean_password(self):
        validate_password(self.cleaned_data["password"])
        return self.cleaned_data["password"]


class GiveLoginForm(PasswordForm):
    username = forms.RegexField(
        r"^[a-z0-9][a-z0-9._-]{2,29}$",
        label=_("User name"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        help_text=_("3 to 30 small letters, digits, dots or dashes."),
        error_messages={"invalid": _("A user name has 3 to 30 small letters, digits, dots or dashes, and no blanks.")},
    )
    field_order = ["username", "password"]


class LinkLoginForm(Form):
    """Which of the officers' logins belongs to this member; those of other members are not offered."""

    user = forms.ModelChoiceField(label=_("Login of the officer"), queryset=User.objects.none())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["user"]
        officers = User.objects.filter(member=None, is_active=True).exclude(role__in=[Role.MEMBER, Role.MAINTAINER])
        field.queryset = officers.order_by("name", "pk")
        field.label_from_instance = lambda user: f"{user.name} ({user.username}, {user.get_role_display()})"


# -- a business ------------------------------------------------------------------------------------------------------


class BusinessForm(Form):
    name = NameField(label=_("Business name"))
    products = forms.MultipleChoiceField(
        label=_("Products"), choices=Product.choices, widget=forms.CheckboxSelectMultiple(attrs={"class": "row"})
    )
    other_products = forms.CharField(label=_("Other products, in words"), max_length=120, required=False)
    address = forms.CharField(label=_("Address of the workshop"), max_length=200)
    rt = NeighbourhoodField(label=_("RT"), required=False)
    rw = NeighbourhoodField(label=_("RW"), required=False)
    since_year = forms.IntegerField(
        label=_("Making since the year"),
        required=False,
        error_messages={"invalid": _("Write a year of four digits, such as 1998.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def clean_since_year(self):
        year = self.cleaned_data["since_year"]
        if year is not None and not 1900 <= year <= dates.today().year:
            raise ValidationError(_("Write a year between 1900 and this year."), code="invalid")
        return year

    def clean(self):
        products, words = self.cleaned_data.get("products"), self.cleaned_data.get("other_products")
        if products is None or words is None:
            return
        if Product.OTHER in products and not words:
            self.add_error("other_products", _("Say in words which other products."))
        if words and Product.OTHER not in products:
            self.cleaned_data["products"] = [*products, Product.OTHER.value]


class HeadsField(forms.IntegerField):
    """A number of people."""

    def __init__(self, **kwargs):
        super().__init__(
            min_value=0,
            max_value=999,
            error_messages={
                "invalid": _("Write a whole number of people, such as 3."),
                "min_value": _("A number of people is not negative."),
                "max_value": _("More than 999 people? Look at the number."),
            },
            **kwargs,
        )


class WorkersForm(Form):
    family = HeadsField(
        label=_("Owner and family"), help_text=_("Everybody of the family who works along, paid or not, the owner too.")
    )
    hired = HeadsField(label=_("Hired workers"), help_text=_("0 if nobody."))
    on = PastDayField(label=_("As from"))


class SkillsForm(Form):
    """Known skills to tick, and new ones by name."""

    known = forms.ModelMultipleChoiceField(
        label=_("Skills"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "row"})
    )
    others = forms.CharField(
        label=_("Skills that are not in the list"),
        max_length=300,
        required=False,
        help_text=_("Several with commas between them, such as: lasting, embossing."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["known"].queryset = Skill.objects.order_by("name")

    def clean_others(self):
        names = [" ".join(name.split()) for name in self.cleaned_data["others"].split(",") if name.strip()]
        if any(len(name) > 60 for name in names):
            raise ValidationError(_("A skill is a few words; put commas between several."), code="too_long")
        return names

    @property
    def skills(self) -> list[str]:
        return [skill.name for skill in self.cleaned_data["known"]] + self.cleaned_data["others"]


# -- a partner -------------------------------------------------------------------------------------------------------


class PartnerForm(Form):
    name = NameField(label=_("Name"))
    kind = forms.ChoiceField(label=_("Kind"), choices=Partner.Kind.choices, widget=forms.RadioSelect)
    market = forms.ChoiceField(
        label=_("Market level"),
        choices=[("", _("none, sells nothing on")), *Partner.Market.choices],
        required=False,
        help_text=_("Where this buyer sells: needed for buyers."),
    )
    city = forms.CharField(label=_("City"), max_length=80, required=False)
    contact = NameField(label=_("Contact person"), required=False)
    phone = PhoneField(
        required=False, help_text=_("From abroad with the country in front, such as +65 6123 4567 for Singapore.")
    )
    since_on = PastDayField(label=_("Partner since"), required=False, initial=None)


class CorrectPartnerForm(PartnerForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, partner: Partner, **kwargs):
        initial = {name: getattr(partner, name) for name in (*PartnerForm.base_fields, "version") if name != "token"}
        initial["phone"] = partner.phone.as_international if partner.phone else ""
        super().__init__(*args, initial=initial, **kwargs)
