"""Offices in the browser: who holds which, elections, ends of terms."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from core.dates import long_date, today
from core.forms import ConfirmationForm
from core.http import proved_lately, require
from core.pages import FormPage, crumbs, form_page
from core.permissions import Permission
from governance import queries, services
from governance.forms.office import ElectionForm, EndTermForm, ResignForm
from governance.models import Office


@require(Permission.OFFICE_LIST)
def offices(request):
    return render(request, "governance/offices.html", {"offices": queries.offices(as_of=today(), reader=request.user)})


@require(Permission.OFFICE_ELECT)
def elect(request):
    return form_page(
        request,
        ElectionForm(request.POST or None, as_of=today()),
        services.elect,
        by=request.user,
        done=lambda office: _("{office} is recorded.").format(office=office),
        page=FormPage(
            title=_("Record an election"),
            lead=_(
                "Who was elected by the meeting, to which office, and until when. A second officer confirms it; then "
                "the login works with the role of the office while the term runs."
            ),
            action=_("Record the election"),
            crumbs=_crumbs(),
        ),
    )


@require(Permission.OFFICE_CONFIRM)
@proved_lately
def confirm_election(request, pk):
    office = get_object_or_404(Office.objects.select_related("member__user", "recorded_by", "decided_in"), pk=pk)
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.confirm_election,
        office,
        on=today(),
        by=request.user,
        done=_("The election of {office} is confirmed.").format(office=office),
        page=lambda: FormPage(
            title=_("Confirm the election"),
            lead=str(office),
            action=_("Confirm the election"),
            crumbs=_crumbs(),
            facts=_facts(office),
            consequences=[
                _role_follows(office),
                _("When the term ends, the login becomes a member's again by itself."),
                _("The audit trail keeps who recorded and who confirmed it."),
            ],
        ),
    )


@require(Permission.OFFICE_END)
@proved_lately
def end_term(request, pk):
    """A removal by decision, or the end of a term whose holder died or left."""
    office = _office(pk)
    form = EndTermForm(request.POST or None, initial={"on": today()}, office=office, as_of=today())
    return _end(request, office, form, title=_("End a term early"), action=_("End the term"))


@require(Permission.OFFICE_LIST)
@proved_lately
def resign(request, pk):
    """The holder gives the own office back."""
    office = _office(pk)
    if office.member.user_id != request.user.pk:
        raise Http404
    form = ResignForm(request.POST or None, initial={"on": today()})
    return _end(request, office, form, title=_("Resign from the office"), action=_("Resign"))


def _end(request, office, form, *, title, action):
    elected = _("{office}, elected until {last}.").format(office=office, last=long_date(office.ends_on))
    return form_page(
        request,
        form,
        services.end_term,
        office,
        as_of=today(),
        by=request.user,
        done=_("The term of {office} is ended.").format(office=office),
        to=reverse("governance:offices"),
        page=FormPage(
            title=title,
            lead=" ".join([elected, _("On the day of handing over the login becomes a member's again.")]),
            action=action,
            crumbs=_crumbs(),
            danger=True,
        ),
    )


def _office(pk):
    return get_object_or_404(Office.objects.select_related("member"), pk=pk)


def _crumbs():
    return crumbs((_("Offices"), "governance:offices"))


def _facts(office):
    """What the second officer compares with the minutes."""
    term = _("from {first} until {last}").format(first=long_date(office.started_on), last=long_date(office.ends_on))
    address = reverse("governance:decision", args=[office.decided_in_id])
    decision = format_html('<a href="{}">{}</a>', address, office.decided_in)
    login = _("none yet")
    if user := office.member.user:
        login = f"{user.username}, {user.get_role_display()}"
    return [
        (_("In office"), term),
        (_("Elected in"), decision),
        (_("Recorded by"), office.recorded_by.name if office.recorded_by else "–"),
        (_("Login"), login),
    ]


def _role_follows(office) -> str:
    if not office.member.user:
        return _("The role follows the morning after the member has a login.")
    if office.started_on > today():
        return _("The login works with the role of the office from the first day of the term.")
    return _("The login works with the role of the office at once.")
