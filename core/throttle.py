"""How many wrong passwords are too many: for one person at one address, for a person, for an address, for a device."""

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Q, Sum

from core import devices

A_PERSON = 10
"""Wrong passwords for one person, wherever they come from."""

AN_ADDRESS = 20
"""Wrong passwords from one address, whoever they are for: on the 12th thirty telephones share one."""


class Throttle(AxesDatabaseHandler):
    """A device on which this person has logged in before counts for itself, so that no stranger locks them out."""

    def get_failures(self, request, credentials=None) -> int:
        """The fullest of the counts, as a part of the `AXES_FAILURE_LIMIT` of one person at one address."""
        username = get_client_username(request, credentials)
        known, here = self._known(request, username), Q(ip_address=request.axes_ip_address)
        if known:
            counts = {settings.AXES_FAILURE_LIMIT: Q(username=username, user_agent=known)}
        else:
            strangers = ~Q(user_agent__startswith=devices.KNOWN)
            counts = {
                settings.AXES_FAILURE_LIMIT: here & Q(username=username) & strangers,
                A_PERSON: Q(username=username) & strangers,
                AN_ADDRESS: here & strangers,
            }
        recent = AccessAttempt.objects.filter(attempt_time__gte=get_cool_off_threshold(request))
        sums = recent.aggregate(
            **{f"of_{limit}": Sum("failures_since_start", filter=which, default=0) for limit, which in counts.items()}
        )
        return max(sums[f"of_{limit}"] * settings.AXES_FAILURE_LIMIT // limit for limit in counts)

    def user_login_failed(self, sender, credentials, request=None, **facts):
        if request is not None:
            known = self._known(request, get_client_username(request, credentials))
            if known or request.axes_user_agent.startswith(devices.KNOWN):  # which a stranger's browser may claim
                request.axes_user_agent = known
        super().user_login_failed(sender, credentials, request, **facts)

    @staticmethod
    def _known(request, username) -> str:
        """How the device is kept in the place of the browser's name, or "" for one that this person never used."""
        digest = devices.digest(request)
        return devices.KNOWN + digest if devices.is_known(digest, username) else ""
