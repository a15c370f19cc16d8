"""What the pages of cash and bank share."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _

from core.pages import Unavailable
from treasury.models import PaymentRequest
from treasury.queries.spending import waiting_request


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Home"), reverse("home")), (_("Cash and bank"), reverse("treasury:index")), *more]


def paid_or_waits(*, done: str | Callable[..., str], to: str | Callable[..., str] = "") -> dict:
    """For `form_page` where the service may answer with a request instead of what it booked.

    `done` and `to` are as `form_page` takes them and hold for what was booked; a request is said to wait, and is shown.
    """

    def say(result) -> str:
        if isinstance(result, PaymentRequest):
            return _("The payment is above what one officer pays alone. It waits for a second approval.")
        return done(result) if callable(done) else done

    def lead(result) -> str:
        if isinstance(result, PaymentRequest):
            return reverse("treasury:request", args=[result.pk])
        return to(result) if callable(to) else to

    return {"done": say, "to": lead}


def unless_waiting(kind: str, about: object) -> Unavailable | None:
    """In place of a form: this is asked for already and waits for a second approval."""
    request = waiting_request(kind, about)
    if request is None:
        return None
    link = (_("Open the request"), reverse("treasury:request", args=[request.pk]))
    return Unavailable(_("This payment waits for a second approval already."), link)
