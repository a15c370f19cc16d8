"""Forms for a member's login."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from core.forms import Form
from core.models import User
from core.permissions import Role
from core.services.renewal import temporary_password


class PasswordForm(Form):
    """A temporary password, shown so that the secretary can pass it on; its owner changes it at the first login."""

    password = forms.CharField(
        label=_("Temporary password"),
        max_length=60,
        initial=temporary_password,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        help_text=_("Write it down for the member now: it is not shown again, and must be changed at the first login."),
    )

    def __init__(self, *args, owner=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.owner = owner

    def clean_password(self):
        validate_password(self.cleaned_data["password"], user=self.owner)
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
