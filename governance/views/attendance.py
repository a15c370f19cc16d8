"""Who came, in the browser."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from core.http import require
from core.pages import FormPage, form_page
from core.permissions import Permission
from governance import services
from governance.forms.attendance import AttendanceForm
from governance.models import Meeting
from governance.views.meeting import crumbs


@require(Permission.MEETING_RECORD)
def record_attendance(request, pk):
    found = get_object_or_404(Meeting, pk=pk)
    initial = {"members": list(found.attendances.values_list("member_id", flat=True)), "version": found.version}
    page = FormPage(
        title=_("Attendance"),
        action=_("Save attendance"),
        lead=_("{meeting}. Tick everybody who came.").format(meeting=found),
        crumbs=crumbs(found),
        wide=True,
    )
    form = AttendanceForm(request.POST or None, meeting=found, initial=initial)
    done = _("The attendance is saved.")
    return form_page(request, form, services.record_attendance, found, by=request.user, page=page, done=done)
