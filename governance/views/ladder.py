"""The list of reminders in the browser."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from core.dates import next_meeting, today
from core.documents import pdf
from core.http import download, export, page_of, require
from core.permissions import Permission
from governance.forms.ladder import OwingForm
from governance.papers.ladder import STEP_WORDS, reminders_paper, reminders_sheet
from governance.queries import ladder as queries


@require(Permission.CASE_LIST)
def reminders(request):
    """Everything late or due by the next meeting, with the last step and the next; `?format=pdf` or `xlsx` to print."""
    on = today()
    form = OwingForm.asked(request.GET, until=next_meeting(on))
    rows = queries.owing(as_of=on, **form.facts)
    if request.GET.get("format") == "xlsx":
        return export(_("reminders"), reminders_sheet(rows, until=form.facts["until"], on=on), on=on)
    if request.GET.get("format") == "pdf":
        paper = pdf("governance/reminders.typ", reminders_paper(rows, until=form.facts["until"], on=on))
        return download(paper, f"pengingat-{on.isoformat()}.pdf", inline=True)
    context = {
        "filter": {"form": form},
        "until": form.facts["until"],
        "page": page_of(request, rows),
        "total": queries.total(rows),
        "late": sum(row.is_late for row in rows),
        "words": STEP_WORDS,
    }
    return render(request, "governance/reminders.html", context)
