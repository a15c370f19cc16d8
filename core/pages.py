"""A page with one form and one confirmation: what will happen, to whom, how much, then two buttons."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.forms import Form
from core.http import submit


@dataclass(frozen=True)
class Unavailable:
    """Why there is nothing to fill in yet, and a link that helps: (label, address). Stands in place of the form."""

    reason: str
    link: tuple[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """What stands around the form. The last of `crumbs` is where Cancel leads."""

    title: str
    action: str = ""
    """on the button; the title, where it says what the button does"""
    crumbs: Sequence[tuple[str, str]]
    """(label, address) of the pages this one hangs below, outermost first"""
    lead: str = ""
    """one sentence under the title"""
    amount: int | None = None
    consequences: Sequence[str] = ()
    facts: Sequence[tuple[str, object]] = ()
    """(name, value) pairs to look at before the button is pressed"""
    unavailable: Unavailable | None = None
    danger: bool = False
    icon: str = ""
    wide: bool = False
    """for a form with many boxes side by side"""
    draft: str = ""
    """the name under which the browser keeps what was typed until it is sent"""
    instead: tuple[str, str] | None = None
    """(label, address) of the other answer, between the button and Cancel"""
    above: str = ""
    """a template between the heading and the form"""
    aside: str = ""
    """a template beside the form"""
    below: str = ""
    """a template after the form"""
    context: Mapping = field(default_factory=dict)
    """what those three need"""

    @property
    def is_card(self) -> bool:
        return self.danger or self.amount is not None or bool(self.consequences or self.facts)

    @property
    def cancel(self) -> str:
        return self.crumbs[-1][1]


def crumbs(*steps: tuple) -> list[tuple[str, str]]:
    """Home and the pages below it, each as (label, URL name, its arguments …)."""
    return [(_("Home"), reverse("home")), *((label, reverse(name, args=args)) for label, name, *args in steps)]


def show_form(request: HttpRequest, form: Form, page: FormPage) -> HttpResponse:
    return render(request, "parts/form_page.html", {**page.context, "form": form, "page": page})


def form_page(
    request: HttpRequest,
    form: Form,
    service: Callable,
    *args,
    page: FormPage | Callable[[], FormPage],
    done: str | Callable[..., str],
    to: str | Callable[..., str] = "",
    **facts,
) -> HttpResponse:
    """Run `service(*args, **what was typed, **facts)` once for a valid form and go on to `to`; else show the form.

    `page` may be a function where the page costs queries that a carried-out form does not need. `done` is the
    sentence that says so, and `to` the address that follows (by default where Cancel leads); both may be functions
    of what the service returned. A refusal stands on the form, which keeps what was typed.

        @require(Permission.LOAN_APPROVE)
        def refuse(request, pk):
            loan = found(request, pk)
            return form_page(
                request, ReasonForm(request.POST or None), services.refuse, loan, on=today(), by=request.user,
                page=FormPage(title=_("Turn the application down"), action=_("Turn down"), crumbs=crumbs(loan)),
                done=_("The application is turned down. The borrower can read the reason."),
            )
    """
    if form.is_valid():
        result = submit(form, service, *args, **form.facts, **facts)
        if not form.errors:
            messages.success(request, done(result) if callable(done) else done)
            address = to(result) if callable(to) else to
            return redirect(address or (page() if callable(page) else page).cancel)
    return show_form(request, form, page() if callable(page) else page)
