"""The shape of what people type about orders."""

import hashlib

import django_filters
from django import forms
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import dates
from core.fields import DayField, PastDayField, QuantityField, RupiahFormField
from core.forms import Form
from core.money import format_number
from core.uploads import PhotoField
from members.models import Member, Partner
from orders.forms.offer import SharedOfferFields, terms_facts
from orders.models import AgreedTerms, Order, OrderLine
from orders.services import Rest, Wanted
from orders.services import of_line as _field


class OrderFilter(django_filters.FilterSet):
    search = django_filters.CharFilter(label=_("Number, buyer or member"), method="find")
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[
            ("open", _("open")),
            ("late", _("past its day")),
            ("finished", _("handed over")),
            ("cancelled", _("cancelled")),
        ],
        method="in_state",
        empty_label=_("all"),
    )
    market = django_filters.ChoiceFilter(
        label=_("Market"), choices=Partner.Market, field_name="partner__market", empty_label=_("all")
    )
    below = django_filters.ChoiceFilter(
        label=_("Price"), choices=[("yes", _("below the list"))], method="below_list", empty_label=_("all")
    )
    first = django_filters.DateFilter(
        label=_("From"), field_name="ordered_on", lookup_expr="gte", widget=DayField.widget
    )
    last = django_filters.DateFilter(
        label=_("Until"), field_name="ordered_on", lookup_expr="lte", widget=DayField.widget
    )

    def find(self, rows, _name, value):
        return rows.filter(
            Q(number__icontains=value) | Q(partner__name__icontains=value) | Q(member__name__icontains=value)
        )

    def in_state(self, rows, _name, value):
        if value == "finished":
            return rows.filter(finished_on__isnull=False)
        if value == "cancelled":
            return rows.filter(cancelled_on__isnull=False)
        rows = rows.filter(finished_on=None, cancelled_on=None)
        return rows.filter(due_on__lt=dates.today()) if value == "late" else rows

    def below_list(self, rows, _name, _value):
        return rows.filter(pk__in=OrderLine.objects.filter(price__lt=F("list_price")).values("order"))

    class Meta:
        model = Order
        fields = []


class UnitChoice(forms.ModelChoiceField):
    """Units as the trade says them: `kodi (20)`."""

    def label_from_instance(self, unit):
        return f"{unit} ({unit.multiple})" if unit.multiple else str(unit)


LINES = 4
KEEP, OFFER = "keep", "offer"


class TakeForm(Form, SharedOfferFields):
    """An order in one short form. The fields of the first line have plain names, the others a number behind.

    It is sent twice: first to see what fits, then with an `answer`. `seen` says which order the answer is about; when
    something was changed meanwhile, the page shows once more what fits.
    """

    partner = forms.ModelChoiceField(
        label=_("Buyer"), queryset=Partner.objects.filter(kind=Partner.Kind.BUYER).order_by("name")
    )
    member = forms.ModelChoiceField(label=_("Taken by"), queryset=Member.objects.none())
    on = PastDayField(label=_("Ordered on"))
    due_on = DayField(label=_("Due on"), help_text=_("The day on which the buyer expects everything."))
    note = forms.CharField(label=_("Note"), max_length=300, required=False, widget=forms.TextInput)
    bringing = RupiahFormField(
        label=_("Cost to bring it to the buyer"),
        required=False,
        minimum=0,
        help_text=_("Freight, petrol, packing, all together. Empty: nothing."),
    )
    answer = forms.ChoiceField(choices=[(KEEP, KEEP), (OFFER, OFFER)], required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    offer_due_on = DayField(label=_("Back with you on"), required=False)
    offer_closes_on = DayField(label=_("Offer open until"), required=False)
    material_included = forms.BooleanField(label=_("The material goes along"), required=False, initial=True)

    def __init__(self, *args, members, items, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members
        self.choose_steps(units, one=_("one by one"))
        own = list(members[:2])
        if len(own) == 1:
            self.fields["member"].initial, self.fields["member"].widget = own[0].pk, forms.HiddenInput()
        for line in range(1, LINES + 1):
            self._add_line(line, items, units, required=line == 1)

    def _add_line(self, line, items, units, *, required):
        self.fields[_field("item", line)] = forms.ModelChoiceField(
            label=_("Item"), queryset=items, required=required, empty_label=_("choose an item")
        )
        self.fields[_field("quantity", line)] = QuantityField(label=_("How many"), required=required)
        self.fields[_field("unit", line)] = UnitChoice(
            label=_("Unit"), queryset=units, required=required, empty_label=_("choose a unit")
        )
        self.fields[_field("price", line)] = RupiahFormField(
            label=_("Price for one"), required=False, help_text=_("Empty: the agreed list price.")
        )
        self.fields[_field("price_reason", line)] = forms.CharField(
            label=_("Reason for another price"), max_length=200, required=False
        )
        self.fields[_field("specification", line)] = forms.CharField(
            label=_("What it should look like"),
            max_length=500,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=_("Leather, colour, sizes, sole, label."),
        )
        self.fields[_field("photo", line)] = PhotoField(
            label=_("A photo of what the buyer wants"),
            required=False,
            help_text=_("JPEG, PNG or WebP. More photos can be added to the order later."),
        )
        self.fields[_field("maker_price", line)] = RupiahFormField(
            label=_("What the maker gets for one"), required=False
        )

    def clean(self):
        for line in range(2, LINES + 1):
            item, quantity, unit = (self.cleaned_data.get(_field(name, line)) for name in ("item", "quantity", "unit"))
            if item or quantity:
                for name, value in (("item", item), ("quantity", quantity), ("unit", unit)):
                    if not value and _field(name, line) not in self.errors:
                        self.add_error(_field(name, line), _("Fill this in, or leave the whole line empty."))
        if self.cleaned_data.get("answer") == OFFER:
            for name in ("offer_due_on", "offer_closes_on"):
                if not self.cleaned_data.get(name) and name not in self.errors:
                    self.add_error(name, _("Until when?"))
        return self.cleaned_data

    @property
    def head(self):
        return [
            self[name] for name in ("partner", "member", "on", "due_on", "note", "bringing") if not self[name].is_hidden
        ]

    # -- the answer --------------------------------------------------------------------------------------------------

    @property
    def digest(self) -> str:
        """What the answer is about, in a few letters: another one where anything of it was changed. How the goods

        look changes nothing of what fits.
        """
        names = ("item", "unit", "quantity", "price", "price_reason")
        lines = [[self.cleaned_data[_field(name, line)] for name in names] for line in self.numbers]
        facts = self.cleaned_data["member"].pk, self.cleaned_data["due_on"], self.cleaned_data["on"], lines
        return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]

    @property
    def is_readable(self) -> bool:
        """Whether everything is valid but a photo: then the page still says what fits, with what is wrong beside it."""
        return self.is_bound and all(name.partition("_")[0] == "photo" for name in self.errors)

    @property
    def is_answered(self) -> bool:
        return bool(self.cleaned_data["answer"]) and self.cleaned_data["seen"] == self.digest

    def ask(self, *, offers: dict[int, int | None], dates: dict) -> None:
        """Fill in what the page asks along with the yes, and keep what was typed there already."""
        self.data = self.data.copy()
        self.data["seen"] = self.digest
        if offers and not self.data.get("offer_due_on"):
            self.data["material_included"] = "on"
            self.data["rejects"] = AgreedTerms.Rejects.REOPEN
            for name, day in dates.items():
                self.data[f"offer_{name}"] = day.isoformat()
        for name in ("offer_due_on", "offer_closes_on"):
            self.fields[name].required = True  # for the page: what is offered needs them
        for number, price in offers.items():
            self.fields[_field("maker_price", number)].required = True
            if price and not self.data.get(_field("maker_price", number)):
                self.data[_field("maker_price", number)] = format_number(price)

    @property
    def rest(self) -> Rest | None:
        """What is to happen with what does not fit; None where it stays with the workshop."""
        data = self.cleaned_data
        if data["answer"] != OFFER:
            return None
        prices = {place: data[_field("maker_price", number)] for place, number in enumerate(self.numbers)}
        return Rest(
            {place: price for place, price in prices.items() if price},
            closes_on=data["offer_closes_on"],
            due_on=data["offer_due_on"],
            material_included=data["material_included"],
            step=data["step"],
            terms=terms_facts(data) | {"at_a_loss": data["at_a_loss"]},
        )

    @property
    def numbers(self) -> list[int]:
        """Which lines of the form are filled in."""
        return [number for number in range(1, LINES + 1) if self.cleaned_data[_field("item", number)]]

    @property
    def lines(self):
        """The bound fields of each line, for the page."""
        names = ("item", "quantity", "unit", "price", "price_reason", "specification")
        return [[self[_field(name, line)] for name in names] for line in range(1, LINES + 1)]

    @property
    def has_more(self):
        """Whether a later line holds something, so that the page shows it open."""
        return any(field.value() or field.errors for line in self.lines[1:] for field in line)

    @property
    def facts(self):
        """The member and the keywords of `take_order`."""
        data = self.cleaned_data
        wanted = [
            Wanted(
                *(data[_field(name, line)] for name in ("item", "unit", "quantity", "price")),
                data[_field("price_reason", line)],
                data[_field("specification", line)].strip(),
                data.get(_field("photo", line)),
            )
            for line in self.numbers
        ]
        facts = {name: data[name] for name in ("partner", "on", "due_on", "note")}
        return facts | {"bringing": data["bringing"] or 0, "lines": wanted}


class SpecificationForm(Form):
    specification = forms.CharField(
        label=_("What it should look like"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Leather, colour, sizes, sole, label."),
    )
    photo = PhotoField(label=_("One more photo"), required=False)


class ProgressForm(Form):
    made = QuantityField(label=_("How many are made so far?"), minimum=0)
    on = PastDayField(label=_("Counted on"))
