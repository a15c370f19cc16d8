"""What the pages of cash and bank share."""

from django.urls import reverse
from django.utils.translation import gettext as _


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Home"), reverse("home")), (_("Cash and bank"), reverse("treasury:index")), *more]
