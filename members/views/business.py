"""A member's business in the browser: what it makes, its workers and skills."""

from django.utils.translation import gettext as _

from core.http import require
from core.permissions import Permission
from members import services
from members.forms.business import BusinessForm, SkillsForm, WorkersForm
from members.views.member import found, member_page


@require(Permission.BUSINESS_CORRECT)
def set_business(request, pk):
    member = found(request, pk)
    return member_page(
        request,
        member,
        BusinessForm(request.POST or None, initial=_as_it_stands(member)),
        services.set_business,
        member,
        done=_("The business is recorded."),
        title=_("Business"),
        lead=_("What {name} makes, and where.").format(name=member.name),
        action=_("Save the business"),
    )


@require(Permission.BUSINESS_CORRECT)
def count_workers(request, pk):
    member = found(request, pk, business__isnull=False)
    return member_page(
        request,
        member,
        WorkersForm(request.POST or None),
        services.count_workers,
        member.business,
        done=_("The number of workers is recorded."),
        title=_("Count the workers"),
        lead=_("How many people work in {business}? The size of the business follows: micro 1-4, small 5-19.").format(
            business=member.business.name
        ),
        action=_("Save the count"),
    )


@require(Permission.BUSINESS_CORRECT)
def set_skills(request, pk):
    member = found(request, pk, business__isnull=False)
    return member_page(
        request,
        member,
        SkillsForm(request.POST or None, initial={"known": member.business.skills.all()}),
        services.set_skills,
        member.business,
        done=_("The skills are recorded."),
        title=_("Skills"),
        lead=_("What {business} can do. Surplus work is offered to those who have the skill.").format(
            business=member.business.name
        ),
        action=_("Save the skills"),
    )


def _as_it_stands(member) -> dict:
    business = getattr(member, "business", None)
    if business is None:
        return {"address": member.address, "rt": member.rt, "rw": member.rw}
    return {name: getattr(business, name) for name in BusinessForm.base_fields if name != "token"}
