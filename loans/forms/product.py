"""Input of a kind of loan."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Form


class ProductForm(Form):
    code = forms.SlugField(
        label=_("Short name"), max_length=20, help_text=_("Small letters without spaces, such as modal-kerja.")
    )
    name = forms.CharField(label=_("Name"), max_length=60)
    description = forms.CharField(label=_("What it is for"), max_length=200, required=False)
