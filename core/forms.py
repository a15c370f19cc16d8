"""The form every page uses: Indonesian parts, a one-time token, and the sentences for what goes wrong."""

import uuid

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.db import IntegrityError, transaction
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from core import dates
from core.errors import Refused
from core.fields import PastDayField
from core.models import SpentToken, Topic, User
from core.permissions import Role


class Renderer(TemplatesSetting):
    """Forms and fields look the same everywhere: templates/parts/form.html and field.html."""

    form_template_name = "parts/form.html"
    field_template_name = "parts/field.html"


class Form(forms.Form):
    """A form that writes. It carries a token which `core.http.submit` spends with the service call."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    required_css_class = "required"

    def spend_token(self) -> None:
        """Raises Refused when this very form was carried out before, and gives the page a fresh token."""
        token = self.cleaned_data["token"]
        try:
            with transaction.atomic():
                SpentToken.objects.create(token=token, spent_at=dates.now())
        except IntegrityError as error:
            self.data = self.data.copy()
            self.data[self.add_prefix("token")] = str(uuid.uuid4())
            raise Refused(
                _("This form was already sent and carried out. Check the history before you send it again.")
            ) from error

    def refuse(self, refusal: Refused) -> None:
        """Say on the page what the service refused; the form keeps what was typed."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))

    @property
    def facts(self) -> dict:
        """What was typed, as keywords for the service: the cleaned data without the token."""
        return {name: value for name, value in self.cleaned_data.items() if name != "token"}


class ConfirmationForm(Form):
    """Nothing is typed; the button itself is the answer."""


class DayForm(Form):
    """On which day it happened; everything else is known. `label` says of what the day is."""

    on = PastDayField(label=_("Date"))

    def __init__(self, *args, label=None, **kwargs):
        super().__init__(*args, **kwargs)
        if label:
            self.fields["on"].label = label


class ReasonForm(Form):
    """Why something is refused, cancelled or rejected; the person concerned can read it."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class ReversalForm(ReasonForm):
    """Undoing what was recorded wrongly: from which day on it no longer counts, and why."""

    on = PastDayField(label=_("Reversed on"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("It is shown in the journal and in the audit trail.")


class EmailForm(Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        help_text=_("We send a link to it. The address is used once you have opened the link."),
    )


class TopicsForm(Form):
    """Of which topics e-mail comes; what is not ticked stays in the inbox only."""

    topics = forms.MultipleChoiceField(
        label=_("Also by e-mail"),
        choices=Topic.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Everything stands in your inbox as well, whatever you choose."),
    )


class YearForm(forms.Form):
    """Which of `years` a page shows; they come newest first."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int)

    def __init__(self, *args, years, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(str(year), str(year)) for year in years]
        self.fields["year"].error_messages["invalid_choice"] = _("There are no books for this year. Choose another.")


class LoginForm(AuthenticationForm):
    error_messages = {
        "invalid_login": _("User name or password is wrong. Check both; the password is case-sensitive."),
        "inactive": _("This account is closed. Ask the secretary."),
    }

    def clean_username(self):
        """User names are written small, whatever a phone's keyboard makes of the first letter."""
        return self.cleaned_data["username"].lower()


class ChangePasswordForm(PasswordChangeForm):
    """One's own password. A wrong present one counts as a wrong login: no stolen session guesses it here."""

    def __init__(self, request, *args, **kwargs):
        self.request = request
        super().__init__(request.user, *args, **kwargs)

    def clean_old_password(self):
        typed = self.cleaned_data["old_password"]
        if authenticate(self.request, username=self.user.username, password=typed) is None:
            raise forms.ValidationError(self.error_messages["password_incorrect"], code="password_incorrect")
        return typed


class CodeForm(Form):
    """The code that the telephone shows now; where it proves who somebody is, a recovery code does as well."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class SetUpForm(CodeForm):
    """The secret goes to the page and back, signed, until the telephone shows its code."""

    secret = forms.CharField(widget=forms.HiddenInput)


class RenewalForm(Form):
    """Which officer needs a new password, and why."""

    user = forms.ModelChoiceField(label=_("Officer"), queryset=User.objects.none())
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        officers = User.objects.filter(is_active=True).exclude(role=Role.MEMBER).exclude(pk=by.pk)
        self.fields["user"].queryset = officers.order_by("name", "pk")
        self.fields["user"].label_from_instance = lambda user: f"{user.name} ({user.get_role_display()})"
