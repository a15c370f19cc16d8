"""Applications in the browser: recorded, admitted or refused."""

from django.urls import reverse
from django.utils.translation import gettext as _

from core.http import require
from core.pages import FormPage, crumbs, form_page
from core.permissions import Permission
from members import services
from members.forms.application import AdmitForm, ApplyForm, RefuseForm
from members.views.member import found, member_page


@require(Permission.MEMBER_APPLY)
def apply(request):
    return form_page(
        request,
        ApplyForm(request.POST or None),
        services.apply,
        by=request.user,
        done=lambda member: _("The application of {name} is recorded.").format(name=member.name),
        to=lambda member: reverse("members:detail", args=[member.pk]),
        page=FormPage(
            title=_("New application"),
            lead=_("Record who wants to become a member. The chair or the secretary decides afterwards."),
            action=_("Record the application"),
            crumbs=crumbs((_("Members"), "members:list")),
        ),
    )


@require(Permission.MEMBER_ADMIT)
def admit(request, pk):
    member = found(request, pk)
    return member_page(
        request,
        member,
        AdmitForm(request.POST or None),
        services.admit,
        member,
        done=_("{name} is admitted. Next the treasurer receives principal and first mandatory savings.").format(
            name=member.name
        ),
        title=_("Admit {name}?").format(name=member.name),
        action=_("Admit"),
        consequences=[
            _("The application counts as accepted, with your name and this date."),
            _("The treasurer may receive principal and first mandatory savings."),
            _("Only then is the person a member and gets a number."),
        ],
    )


@require(Permission.MEMBER_ADMIT)
def refuse(request, pk):
    member = found(request, pk)
    return member_page(
        request,
        member,
        RefuseForm(request.POST or None),
        services.refuse,
        member,
        done=_("The application of {name} is refused.").format(name=member.name),
        title=_("Refuse the application of {name}?").format(name=member.name),
        action=_("Refuse the application"),
        consequences=[
            _("The application is closed with your name, this date and the reason."),
            _("The person stays in the register as an applicant who was refused and may apply again."),
        ],
        danger=True,
    )
