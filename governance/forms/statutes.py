"""Forms about the statutes: a document, a proposed article, and putting it in force."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import DayField
from core.forms import Form
from governance.models import ArticleVersion, Decision, DecisionKind, Statute


class StatuteForm(Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=Statute.Kind)
    title = forms.CharField(label=_("Title"), max_length=120)
    short = forms.CharField(
        label=_("Short name"), max_length=20, help_text=_("As it is cited: AD, ART, Persus Pinjaman.")
    )


class ArticleForm(Form):
    number = forms.IntegerField(label=_("Article"), min_value=1, max_value=999)
    suffix = forms.CharField(label=_("Letter"), max_length=2, required=False, help_text=_("A for 12A."))
    heading = forms.CharField(label=_("Heading"), max_length=160)
    text = forms.CharField(
        label=_("Text"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("The whole article as it should read. Empty: the article is repealed."),
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For the members, before they decide."),
    )


class ArticleInForceForm(Form):
    decided_in = forms.ModelChoiceField(label=_("Decided in"), queryset=Decision.objects.none())
    in_force_from = DayField(label=_("In force from"))

    def __init__(self, *args, draft: ArticleVersion, on, **kwargs):
        super().__init__(*args, **kwargs)
        found = Decision.objects.about(DecisionKind.STATUTES, draft, on=on)
        found |= Decision.objects.about(DecisionKind.STATUTES, draft.article.statute, on=on)
        found |= Decision.objects.about(DecisionKind.STATUTES, on=on).filter(
            source=Decision.Source.PAPER, subject_type=""
        )
        self.fields["decided_in"].queryset = found
