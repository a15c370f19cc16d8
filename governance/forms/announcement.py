"""Forms of announcements: the list filter, and one to make."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Form
from core.models import Topic
from core.permissions import Permission
from governance.models import Announcement


class AnnouncementFilter(django_filters.FilterSet):
    topic = django_filters.ChoiceFilter(
        choices=[choice for choice in Topic.choices if choice[0] != Topic.OWN],
        label=_("topic"),
        empty_label=_("all topics"),
    )
    unsent = django_filters.ChoiceFilter(
        choices=[("true", _("not yet sent"))],
        method="not_sent",
        label=_("WhatsApp"),
        empty_label=_("all"),
    )

    class Meta:
        model = Announcement
        fields = []

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        if not user.can(Permission.ANNOUNCEMENT_MAKE):
            del self.filters["unsent"]

    def not_sent(self, rows, name, value):
        return rows.unsent()


class AnnouncementForm(Form):
    title = forms.CharField(label=_("Title"), max_length=120)
    text = forms.CharField(label=_("Text"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 6}))
