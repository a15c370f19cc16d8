"""What a password must not lean on: names that everybody in the neighbourhood knows."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SHORTEST = 10
SHORTEST_NAME = 4
"""Shorter parts of a name stand in many good words."""


class KnownNames:
    """The names of the cooperative, of its place and of the person count for nothing: the rest must be long enough."""

    def validate(self, password, user=None):
        own = f"{user.name} {user.username}" if user else ""
        rest = password.casefold()
        house = f"{settings.COOPERATIVE_NAME} {settings.COOPERATIVE_ADDRESS}"
        for name in sorted(self._parts(f"{house} {own}"), key=len, reverse=True):
            rest = rest.replace(name, "")
        if rest != password.casefold() and len(rest) < SHORTEST:
            raise ValidationError(self.get_help_text(), code="known_name")

    def get_help_text(self):
        return _("Names of the cooperative, of its place or your own are guessed first. Choose other words.")

    @staticmethod
    def _parts(text):
        return {part for part in re.split(r"[\W_\d]+", text.casefold()) if len(part) >= SHORTEST_NAME}
