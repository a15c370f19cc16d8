"""The agenda in the browser: filled, ordered, items added, withdrawn, talked about, and put in effect."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from core import dates
from core.forms import ConfirmationForm, ReasonForm
from core.http import require
from core.pages import FormPage, form_page
from core.permissions import Permission
from governance import agenda
from governance.forms.agenda import CandidatesForm, EffectForm, ItemForm, NoteForm
from governance.models import AgendaItem
from governance.services import agenda as services
from governance.views.meeting import crumbs, found_meeting


def found_item(pk: int) -> AgendaItem:
    return get_object_or_404(AgendaItem.objects.select_related("meeting__second_of", "decision"), pk=pk)


def step(request, item: AgendaItem, form, service, *, title: str, done: str, action: str = "", **more):
    """One step of one item: a form or a confirmation, back to the evening."""
    facts = more.pop("facts", {})
    page = FormPage(title=title, action=action, lead=item.title, crumbs=crumbs(item.meeting, evening=True), **more)
    return form_page(request, form, service, item, by=request.user, page=page, done=done, **facts)


@require(Permission.MEETING_RECORD)
def fill_agenda(request, pk):
    found = found_meeting(pk)
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.fill_agenda,
        found,
        by=request.user,
        page=FormPage(title=_("Put on the agenda what waits"), lead=str(found), crumbs=crumbs(found, evening=True)),
        done=lambda count: (
            _("{count} items came onto the agenda.").format(count=count)
            if count
            else _("Nothing new waits for the members.")
        ),
    )


@require(Permission.MEETING_RECORD)
def add_item(request, pk):
    found = found_meeting(pk)
    return form_page(
        request,
        ItemForm(request.POST or None, meeting=found),
        services.add_item,
        found,
        by=request.user,
        page=FormPage(title=_("Add to the agenda"), lead=str(found), crumbs=crumbs(found, evening=True)),
        done=_("It stands on the agenda."),
    )


@require(Permission.MEETING_RECORD)
def move_item(request, pk, direction):
    if direction not in ("up", "down"):
        raise Http404
    item, form = found_item(pk), ConfirmationForm(request.POST or None)
    title = _("Move up") if direction == "up" else _("Move down")
    facts = {"up": direction == "up"}
    return step(request, item, form, services.move_item, title=title, done=_("The agenda is in order."), facts=facts)


@require(Permission.MEETING_RECORD)
def withdraw_item(request, pk):
    item = found_item(pk)
    return step(
        request,
        item,
        ReasonForm(request.POST or None),
        services.withdraw_item,
        title=_("Withdraw the item"),
        done=_("The item is withdrawn."),
        danger=True,
        consequences=[_("Votes cast so far decide nothing.")] if item.is_voting else [_("It leaves this agenda.")],
    )


@require(Permission.MEETING_RECORD)
def note_item(request, pk):
    form = NoteForm(request.POST or None)
    return step(
        request,
        found_item(pk),
        form,
        services.note_item,
        title=_("Talked about"),
        done=_("It is noted."),
        action=_("Save"),
    )


@require(Permission.MEETING_RECORD)
def set_candidates(request, pk):
    item = found_item(pk)
    form = CandidatesForm(request.POST or None, item=item)
    done = _("The candidates are named.")
    return step(
        request, item, form, services.set_candidates, title=_("Candidates"), done=done, action=_("Save"), wide=True
    )


@require(Permission.MEETING_LIST)
def put_in_effect(request, pk):
    """One click, by whoever may do the same on the page of the thing itself."""
    item = found_item(pk)
    needed = agenda.MAY_PUT_IN_EFFECT.get(item.kind)
    if needed is None or not request.user.can(needed):
        raise PermissionDenied
    return form_page(
        request,
        EffectForm(request.POST or None),
        services.put_in_effect,
        item,
        on=dates.today(),
        by=request.user,
        page=FormPage(
            title=_("Put in effect"),
            lead=item.title,
            facts=[
                (_("Decision"), item.decision or "–"),
                (_("About"), (item.decision and item.decision.subject) or "–"),
            ],
            crumbs=crumbs(item.meeting),
        ),
        done=_("It is in effect as the members decided."),
    )
