"""Cases in the browser: the board's list, the page that board and member read, and a page for every step."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.dates import next_meeting, today
from core.http import export, page_of, require, submit
from core.permissions import Permission
from governance import forms, papers
from governance.models import Case, Letter
from governance.queries import cases as queries
from governance.services import cases as services

# -- reading ---------------------------------------------------------------------------------------------------------


@require(Permission.CASE_LIST)
def index(request):
    """Every case, open ones first looked for; as a workbook with `?format=xlsx`."""
    on = today()
    found = forms.CaseFilter(request.GET or {"state": "open"}, queryset=_rows(request, on))
    if request.GET.get("format") == "xlsx":
        return export(_("cases"), papers.cases_sheet(found.qs, on=on), on=on)
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
        "steps": steps,
        "next": coming,
        "state": queries.state(steps[-1].kind if steps else None),
        "can": queries.may(found, request.user) if coming else {},
    }
    return render(request, "governance/case.html", context)


# -- taking a step ---------------------------------------------------------------------------------------------------


@require(Permission.CASE_REPORT)
def report(request):
    form = forms.ReportForm(request.POST or None, by=request.user, as_of=today())
    if form.is_valid():
        facts = form.facts
        member = facts.pop("member")
        if made := submit(form, services.open_case, member, on=today(), by=request.user, **facts):
            messages.success(request, _("Thank you. The board has it and talks with {name}.").format(name=member.name))
            may_read = Case.objects.visible_to(request.user).filter(pk=made.pk).exists()
            return redirect("governance:case", made.pk) if may_read else redirect("home")
    return render(request, "governance/report_case.html", {"form": form})


@require(Permission.CASE_VIEW)
def answer(request, pk):
    found = _case(request, pk)
    if found.member.user_id != request.user.pk:
        raise Http404
    form = forms.AnswerForm(request.POST or None)
    return _step(request, found, form, services.answer, _("Answer"), _("Send the answer"), on=today())


@require(Permission.CASE_TALK)
def talk(request, pk):
    form = forms.TalkForm(request.POST or None)
    return _step(request, _case(request, pk), form, services.note_talk, _("Write down a talk"), _("Keep the talk"))


@require(Permission.CASE_TALK)
def agree(request, pk):
    form = forms.AgreementForm(request.POST or None)
    title, action = _("Write down what was agreed"), _("Keep the agreement")
    return _step(request, _case(request, pk), form, services.agree, title, action)


@require(Permission.CASE_TALK)
def put_on_agenda(request, pk):
    form = forms.AgendaForm(request.POST or None, meeting=next_meeting(today()))
    title, action = _("Lay it before the meeting"), _("Put on the agenda")
    return _step(request, _case(request, pk), form, services.put_on_agenda, title, action, on=today())


@require(Permission.CASE_DECIDE)
def decide(request, pk):
    found = _case(request, pk)
    form = forms.DecisionStepForm(request.POST or None, case=found)
    title, action = _("Write down the decision"), _("Keep the decision")
    return _step(request, found, form, services.decide, title, action, on=today())


@require(Permission.CASE_DECIDE)
def impose(request, pk):
    found = _case(request, pk)
    form = forms.SanctionForm(request.POST or None, case=found)
    title, action = _("Put a sanction in force"), _("Put the sanction in force")
    return _step(request, found, form, services.impose, title, action, on=today())


@require(Permission.CASE_DECIDE)
def restore(request, pk):
    form = forms.EndingForm(request.POST or None)
    title, action = _("Restore the member"), _("Restore")
    return _step(request, _case(request, pk), form, services.restore, title, action, on=today())


@require(Permission.CASE_DECIDE)
def close(request, pk):
    form = forms.EndingForm(request.POST or None)
    title, action = _("Close without consequence"), _("Close the case")
    return _step(request, _case(request, pk), form, services.close, title, action, on=today())


def _step(request, found, form, service, title, action, **facts):
    """Every step of a case has the same page: what it is, the form, and one button."""
    if form.is_valid() and submit(form, service, found, by=request.user, **facts, **form.facts):
        messages.success(request, _("Written down in case {number}.").format(number=found.number))
        return redirect("governance:case", found.pk)
    context = {"case": found, "form": form, "title": title, "action": action}
    return render(request, "governance/case_step.html", context)


def _case(request, pk):
    rows = Case.objects.visible_to(request.user).select_related("member__user", "reporter__user", "opened_by")
    return get_object_or_404(rows, pk=pk)


def _rows(request, on):
    rows = Case.objects.visible_to(request.user).select_related("member")
    return queries.with_standing(rows, as_of=on).order_by("-opened_on", "-pk")
