"""What people are told about the end of a membership, in their inbox."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.models import User
from core.money import format_rupiah
from core.notices import tell
from core.permissions import GRANTED, Permission
from departures.models import Departure


def departure_proposed(departure: Departure) -> None:
    """The member, and whoever may agree to it."""
    url = reverse("departures:detail", args=[departure.pk])
    tell(departure.member.user, _("Your departure from the cooperative is recorded. Read what will happen."), url=url)
    roles = [role for role, granted in GRANTED.items() if Permission.DEPARTURE_APPROVE in granted]
    involved = [pk for pk in (departure.member.user_id, departure.proposed_by_id) if pk]
    for officer in User.objects.filter(role__in=roles, is_active=True).exclude(pk__in=involved):
        tell(officer, _("{name} leaves the cooperative. Please decide.").format(name=departure.member.name), url=url)


def departure_approved(departure: Departure) -> None:
    """Whoever pays hears how much, and until when."""
    if not departure.to_pay:
        return
    roles = [role for role, granted in GRANTED.items() if Permission.DEPARTURE_PAY in granted]
    text = _("{amount} is to be paid to {name} until {day}.").format(
        amount=format_rupiah(departure.to_pay), name=departure.payee, day=date_format(departure.pay_by, "j F Y")
    )
    url = reverse("departures:detail", args=[departure.pk])
    for officer in User.objects.filter(role__in=roles, is_active=True):
        tell(officer, text, url=url)
