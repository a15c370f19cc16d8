"""The shape of what people type about items."""

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import QuantityField
from core.forms import Form
from members.models import Skill
from pricing.models import Item, Unit


class ItemFilter(django_filters.FilterSet):
    search = django_filters.CharFilter(label=_("Code or name"), method="find")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Item.Kind, empty_label=_("all"))

    def find(self, rows, _name, value):
        return rows.filter(Q(code__icontains=value) | Q(name__icontains=value))

    class Meta:
        model = Item
        fields = []


def _minutes(label, **facts) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=6_000, **facts)


class ItemForm(Form):
    """A new item. Its base unit may be any measure that stands alone."""

    code = forms.CharField(label=_("Code"), max_length=20, help_text=_("Short and unique, such as SDL-01."))
    name = forms.CharField(label=_("Name"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), choices=Item.Kind, initial=Item.Kind.PRODUCT)
    base_unit = forms.ModelChoiceField(
        label=_("Unit of the price"),
        queryset=Unit.objects.filter(multiple=None).order_by("name"),
        help_text=_("Dozens (12) and kodi (20) are added automatically."),
    )
    skill = forms.ModelChoiceField(
        label=_("Skill it needs"),
        queryset=Skill.objects.order_by("name"),
        required=False,
        empty_label=_("none in particular"),
    )
    smallest_lot = forms.IntegerField(
        label=_("Smallest lot"),
        required=False,
        min_value=1,
        max_value=10_000,
        help_text=_("So many are worth giving to one workshop when work is shared. Empty: even one."),
    )
    cutting = _minutes(_("Cutting, minutes for one"))
    sewing = _minutes(_("Sewing, minutes for one"))
    lasting = _minutes(_("Lasting, minutes for one"))
    finishing = _minutes(
        _("Finishing, minutes for one"), help_text=_("Leave empty if a step is not needed or not measured yet.")
    )


class ItemCorrection(ItemForm):
    is_active = forms.BooleanField(label=_("In use"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class ConversionForm(Form):
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none())
    in_base = QuantityField(label=_("Holds"))

    def __init__(self, *args, item: Item, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(multiple=None).exclude(pk=item.base_unit_id).order_by("name")
        self.fields["in_base"].label = _("One of them holds how many {unit}").format(unit=item.base_unit)
