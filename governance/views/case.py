"""Cases in the browser: the board's list, the page that board and member read, and a page for every step."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.dates import next_meeting, today
from core.http import export, page_of, require, show
from core.models import StoredFile
from core.pages import FormPage, crumbs, form_page
from core.permissions import Permission
from governance.forms.case import (
    AgendaForm,
    AgreementForm,
    AnswerForm,
    CaseFilter,
    DecisionStepForm,
    EndingForm,
    ReportForm,
    SanctionForm,
    TalkForm,
)
from governance.models import Case, Letter
from governance.papers.case import cases_sheet
from governance.queries import case as queries
from governance.services import case as services

# -- reading ---------------------------------------------------------------------------------------------------------


@require(Permission.CASE_LIST)
def index(request):
    """Every case, open ones first looked for; as a workbook with `?format=xlsx`."""
    on = today()
    found = CaseFilter(request.GET or {"state": "open"}, queryset=_rows(request, on))
    if request.GET.get("format") == "xlsx":
        return export(_("cases"), cases_sheet(found.qs, on=on), on=on)
    page = page_of(request, found.qs)
    page.object_list = [(case, *queries.state(case.step)) for case in page.object_list]
    return render(request, "governance/cases.html", {"filter": found, "page": page})


@require(Permission.CASE_VIEW)
def mine(request):
    """A member's own cases and letters."""
    on = today()
    rows = queries.with_standing(Case.objects.filter(member__user=request.user), as_of=on).order_by("-opened_on", "-pk")
    rows = [(case, *queries.state(case.step)) for case in rows]
    letters = Letter.objects.filter(member__user=request.user, issued_on__isnull=False).select_related("ladder")
    context = {"rows": rows, "letters": letters.order_by("-issued_on", "-pk")}
    return render(request, "governance/my_cases.html", context)


@require(Permission.CASE_VIEW)
def case(request, pk):
    found, on = _case(request, pk), today()
    steps = list(found.steps.select_related("by", "decision").order_by("on", "pk"))
    coming = queries.next_step(found, steps, as_of=on, reader=request.user)
    context = {
        "case": found,
        "is_mine": found.member.user_id == request.user.pk,
        "in_charge": queries.in_charge(found, request.user),
        "steps": steps,
        "next": coming,
        "state": queries.state(steps[-1].kind if steps else None),
        "can": queries.may(found, request.user) if coming else {},
    }
    return render(request, "governance/case.html", context)


@require(Permission.CASE_LIST)
def evidence(request, pk):
    """What was handed in with the report: for the officers, not for the member concerned."""
    found = _case(request, pk)
    if found.evidence_id is None or found.member.user_id == request.user.pk:
        raise Http404
    return show(StoredFile.objects.get(pk=found.evidence_id))


@require(Permission.ANNUAL_VIEW)
def statistics(request):
    """How many cases there were and how they ended, without names: for every member, before the annual meeting."""
    years = queries.statistics(as_of=today())
    return render(request, "governance/case_statistics.html", {"years": years})


# -- taking a step ---------------------------------------------------------------------------------------------------


@require(Permission.CASE_REPORT)
def report(request):
    return form_page(
        request,
        ReportForm(request.POST or None, request.FILES or None, by=request.user, as_of=today()),
        services.open_case,
        on=today(),
        by=request.user,
        done=lambda case: _("Thank you. The board has it and talks with {name}.").format(name=case.member.name),
        to=lambda case: reverse("governance:case", args=[case.pk]) if _may_read(request, case) else reverse("home"),
        page=FormPage(
            title=_("Report something to the board"),
            lead=_(
                "For matters that two neighbours cannot settle. Only the officer in charge sees who reported it, "
                "never the member concerned."
            ),
            action=_("Report to the board"),
            crumbs=crumbs(),
        ),
    )


@require(Permission.CASE_VIEW)
def answer(request, pk):
    found = _case(request, pk)
    if found.member.user_id != request.user.pk:
        raise Http404
    form = AnswerForm(request.POST or None)
    return _step(request, found, form, services.answer, _("Answer"), _("Send the answer"), on=today())


@require(Permission.CASE_TALK)
def talk(request, pk):
    form = TalkForm(request.POST or None)
    return _step(
        request, _case(request, pk), form, services.record_talk, _("Record a conversation"), _("Save the conversation")
    )


@require(Permission.CASE_TALK)
def agree(request, pk):
    form = AgreementForm(request.POST or None)
    title, action = _("Record an agreement"), _("Save the agreement")
    return _step(request, _case(request, pk), form, services.agree, title, action)


@require(Permission.CASE_TALK)
def put_on_agenda(request, pk):
    form = AgendaForm(request.POST or None, meeting=next_meeting(today()))
    title, action = _("Put it to the meeting"), _("Put on the agenda")
    return _step(request, _case(request, pk), form, services.put_on_agenda, title, action, on=today())


@require(Permission.CASE_DECIDE)
def decide(request, pk):
    found = _case(request, pk)
    form = DecisionStepForm(request.POST or None, case=found)
    title, action = _("Record the decision"), _("Save the decision")
    return _step(request, found, form, services.decide, title, action, on=today())


@require(Permission.CASE_DECIDE)
def impose_sanction(request, pk):
    found = _case(request, pk)
    form = SanctionForm(request.POST or None, case=found)
    title, action = _("Put a sanction in force"), _("Put the sanction in force")
    return _step(request, found, form, services.impose_sanction, title, action, on=today())


@require(Permission.CASE_DECIDE)
def restore(request, pk):
    form = EndingForm(request.POST or None)
    title, action = _("Restore the member"), _("Restore")
    return _step(request, _case(request, pk), form, services.restore, title, action, on=today())


@require(Permission.CASE_DECIDE)
def close(request, pk):
    form = EndingForm(request.POST or None)
    title, action = _("Close without consequence"), _("Close the case")
    return _step(request, _case(request, pk), form, services.close, title, action, on=today())


def _step(request, found, form, service, title, action, **facts):
    """The page of any step of a case: what it is, the form, and one button."""
    is_mine = found.member.user_id == request.user.pk
    page = FormPage(
        title=title,
        lead=found.title if is_mine else f"{found.title}, {found.member.name}",
        action=action,
        crumbs=crumbs((found.number, "governance:case", found.pk)),
    )
    done = _("Recorded in case {number}.").format(number=found.number)
    return form_page(request, form, service, found, by=request.user, page=page, done=done, **facts)


def _may_read(request, case) -> bool:
    return Case.objects.visible_to(request.user).filter(pk=case.pk).exists()


def _case(request, pk):
    rows = Case.objects.visible_to(request.user).select_related("member__user", "reporter__user", "opened_by")
    return get_object_or_404(rows, pk=pk)


def _rows(request, on):
    rows = Case.objects.visible_to(request.user).select_related("member")
    return queries.with_standing(rows, as_of=on).order_by("-opened_on", "-pk")
