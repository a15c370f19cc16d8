"""Forms about decisions: the filter, and a decision to record."""

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import PastDayField
from core.uploads import PaperField
from governance.forms.common import AboutForm
from governance.models import Article, Decision


class DecisionFilter(django_filters.FilterSet):
    search = django_filters.CharFilter(method="matching", label=_("Search number, title or text"))
    organ = django_filters.ChoiceFilter(choices=Decision.Organ, label=_("organ"), empty_label=_("all organs"))
    ordering = django_filters.OrderingFilter(
        fields=[("decided_on", "decided_on"), ("number", "number")],
        label=_("order"),
        choices=[("-decided_on", _("newest first")), ("decided_on", _("oldest first")), ("number", _("by number"))],
        empty_label=None,
    )

    class Meta:
        model = Decision
        fields = []

    def matching(self, rows, name, value):
        return rows.filter(Q(number__icontains=value) | Q(title__icontains=value) | Q(text__icontains=value))


class DecisionForm(AboutForm):
    """A paper from before the system, or a law. What it decided is chosen by its kind, and then the thing."""

    number = forms.CharField(label=_("Number"), max_length=40, help_text=_("As in the minutes, such as 03/RA/XI/2026."))
    organ = forms.ChoiceField(label=_("Decided by"), choices=Decision.Organ)
    decided_on = PastDayField(label=_("Decided on"))
    title = forms.CharField(label=_("Title"), max_length=160, help_text=_("In one line: what was decided."))
    text = forms.CharField(
        label=_("Text"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("The wording of the decision, as in the minutes."),
    )
    article = forms.ModelChoiceField(
        label=_("Article of the statutes"), queryset=Article.objects.select_related("statute"), required=False
    )
    revokes = forms.ModelChoiceField(
        label=_("Revokes"),
        queryset=Decision.objects.filter(revoked_by=None).order_by("-decided_on", "-pk"),
        required=False,
        help_text=_("Only where the paper takes an earlier decision back."),
    )
    paper = PaperField(
        label=_("The signed paper"), required=False, help_text=_("A PDF or a photo. Every member can read it.")
    )
