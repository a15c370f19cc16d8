"""Forms about a member's business."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import dates
from core.fields import PastDayField
from core.forms import Form
from members.forms.fields import HeadsField, NameField, NeighbourhoodField
from members.models import Product, Skill


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
            self.add_error("other_products", _("Describe the other products."))
        if words and Product.OTHER not in products:
            self.cleaned_data["products"] = [*products, Product.OTHER.value]


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
    def facts(self) -> dict:
        return {"skills": [skill.name for skill in self.cleaned_data["known"]] + self.cleaned_data["others"]}
