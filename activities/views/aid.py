"""Aid to businesses in the browser."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from activities import services
from activities.forms.aid import AidForm
from activities.models import Aid
from activities.views.common import reversing_page
from core.dates import long_date, today
from core.forms import ConfirmationForm
from core.http import page_of, require
from core.pages import FormPage, form_page
from core.permissions import Permission
from treasury.views.common import paid_or_waits


def crumbs() -> list[tuple[str, str]]:
    return [(_("Home"), reverse("home")), (_("Aid to businesses"), reverse("activities:aid"))]


@require(Permission.PROGRAMME_LIST)
def aid(request):
    rows = Aid.objects.visible_to(request.user).select_related("member", "receipt").order_by("-on", "-pk")
    page = page_of(request, rows)
    for each in page:
        each.is_reversible = each.may_be_reversed_by(request.user)
    return render(request, "activities/aid.html", {"page": page, "today": today()})


@require(Permission.AID_GIVE)
def give_aid(request):
    page = FormPage(
        title=_("Give aid"),
        action=_("Record"),
        lead=_("Tools, promotion or capital for a business. Money is posted with a receipt."),
        crumbs=crumbs(),
    )
    form = AidForm(request.POST or None, as_of=today())
    return form_page(
        request,
        form,
        services.give_aid,
        by=request.user,
        page=page,
        **paid_or_waits(done=_("The aid is recorded."), to=lambda _made: reverse("activities:aid")),
    )


@require(Permission.AID_GIVE)
def take_back(request, pk):
    found = get_object_or_404(Aid.objects.visible_to(request.user).select_related("member"), pk=pk)
    page = FormPage(
        title=_("{what} of {name} came back").format(what=found.what, name=found.member.name),
        action=_("It came back"),
        consequences=[_("The tool is back with the cooperative.")],
        crumbs=crumbs(),
    )
    form = ConfirmationForm(request.POST or None)
    done = _("The return is recorded.")
    return form_page(request, form, services.take_back, found, on=today(), by=request.user, page=page, done=done)


@require(Permission.ENTRY_REVERSE)
def reverse_aid(request, pk):
    found = get_object_or_404(Aid.objects.visible_to(request.user).select_related("member", "receipt"), pk=pk)
    return reversing_page(
        request,
        services.reverse_aid,
        found,
        title=_("Reverse the aid"),
        amount=found.worth,
        facts=[
            (_("Member"), found.member.name),
            (_("What was given"), found.what),
            (_("Given on"), long_date(found.on)),
        ],
        crumbs=crumbs(),
        done=_("The aid is reversed."),
    )
