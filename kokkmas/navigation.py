"""What stands in the menu of each role: one table, read from top to bottom."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.permissions import Permission

MENU = [
    # label, icon, URL name, permission; the first four a role may open make the bottom bar of a phone
    (_("Home"), "house", "home", Permission.OWN),
    (_("Members"), "users", "members:list", Permission.MEMBER_LIST),
]


def navigation(request):
    """The rooms the person may enter, each with its address and whether it is the one they are in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"menu": []}
    room = request.resolver_match.namespace or request.resolver_match.url_name if request.resolver_match else ""
    return {
        "menu": [
            {"label": label, "icon": icon, "url": reverse(name), "is_current": name.split(":")[0] == room}
            for label, icon, name, permission in MENU
            if user.can(permission)
        ]
    }
