"""Who came, in the browser: the list of the officers, the code on their screen, the member's phone."""

import secrets

import segno
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.forms import ConfirmationForm
from core.http import require, submit
from core.pages import FormPage, form_page, show_form
from core.permissions import Permission
from governance import queries, services
from governance.forms.attendance import AttendanceForm, CheckInForm
from governance.models import Attendance
from governance.papers.attendance import attendance_response
from governance.services import attendance as attendance_services
from governance.views.meeting import crumbs, found_meeting, member_of

DEVICE = "device"
TEN_YEARS = 10 * 365 * 24 * 3600


@require(Permission.MEETING_RECORD)
def record_attendance(request, pk):
    found = found_meeting(pk)
    there = found.attendances.order_by("member__name").values_list("member_id", flat=True)
    page = FormPage(
        title=_("Attendance"),
        action=_("Save attendance"),
        lead=_("{meeting}. Tick everybody who came.").format(meeting=found),
        crumbs=crumbs(found, evening=True),
        wide=True,
    )
    form = AttendanceForm(request.POST or None, meeting=found, there=there)
    done = _("The attendance is saved.")
    return form_page(request, form, services.record_attendance, found, by=request.user, page=page, done=done)


@require(Permission.MEETING_RECORD)
def attendance_pdf(request, pk):
    """The list on paper: signed in the room, ticked afterwards."""
    return attendance_response(found_meeting(pk))


@require(Permission.MEETING_RECORD)
def attendance_code(request, pk):
    """The screen in the room: the code of this minute and its square; the page asks again by itself."""
    found = found_meeting(pk)
    address = request.build_absolute_uri(reverse("governance:check-in", args=[found.pk]))
    code = attendance_services.code_of(found)
    context = {
        "meeting": found,
        "code": f"{code[:3]} {code[3:]}" if code else "",
        "address": address,
        "square": segno.make_qr(address).svg_data_uri(scale=6, border=2) if code else "",
        "quorum": queries.quorum(found),
    }
    template = "_code.html" if request.htmx else "code.html"
    return render(request, f"governance/attendance/{template}", context)


@require(Permission.MEETING_ATTEND)
def check_in(request, pk):
    """A member's own phone: the code from the screen in the room."""
    found, me = found_meeting(pk), member_of(request)
    if me is None:
        raise Http404
    device = request.get_signed_cookie(DEVICE, default="") or secrets.token_hex(16)
    form = CheckInForm(request.POST or None)
    page = FormPage(
        title=_("I am here"),
        lead=_("{meeting}. Type the code from the screen in the room.").format(meeting=found),
        crumbs=crumbs(found),
    )
    response = None
    if form.is_valid():
        made = submit(form, attendance_services.check_in, found, me, device=device, by=request.user, **form.facts)
        if made:
            if made.asked:
                messages.warning(
                    request,
                    _("This phone has checked in another member too. Tell an officer you are here, then it counts."),
                )
            else:
                messages.success(request, _("Welcome. You are on the list."))
            response = redirect("governance:meeting", found.pk)
        elif not form.errors:
            form.add_error("code", _("This is not the code of this minute. Look at the screen again."))
    response = response or show_form(request, form, page)
    response.set_signed_cookie(
        DEVICE, device, max_age=TEN_YEARS, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return response


@require(Permission.MEETING_RECORD)
def answer_shared_phone(request, pk, answer):
    """An officer has looked whether the member is in the room."""
    if answer not in ("here", "away"):
        raise Http404
    row = get_object_or_404(Attendance.objects.select_related("member", "meeting"), pk=pk)
    is_here = answer == "here"
    title = _("{name} is here") if is_here else _("{name} is not here")
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        attendance_services.answer_shared_phone,
        row,
        is_here=is_here,
        by=request.user,
        page=FormPage(title=title.format(name=row.member.name), crumbs=crumbs(row.meeting, evening=True)),
        done=_("Thank you, it is noted."),
    )
