"""The register in the browser."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core import audit, documents, http, notices
from core.dates import today
from core.http import download, page_of, require, submit
from core.permissions import Permission
from members import filters, forms, papers, queries, services
from members.models import Member, Partner

# -- the register ----------------------------------------------------------------------------------------------------


def _found(request):
    """The register as the query string narrows it down, and its filter."""
    rows = Member.objects.visible_to(request.user).select_related("business")
    return filters.MemberFilter(request.GET, queryset=rows, as_of=today(), request=request)


@require(Permission.MEMBER_LIST)
def index(request):
    found = _found(request)
    page = page_of(request, found.qs)
    page.object_list = [(member, queries.standing(member, as_of=today())) for member in page.object_list]
    tallies = queries.tallies(as_of=today())
    return render(request, "members/list.html", {"filter": found, "page": page, "tallies": tallies, "on": today()})


@require(Permission.MEMBER_EXPORT)
def export(request):
    """What the list shows, as a workbook; the NIK in full for those who may read it, and then the trail says so."""
    in_full = request.user.can(Permission.NIK_READ)
    rows = [papers.register_row(member, nik_in_full=in_full, as_of=today()) for member in _found(request).qs]
    services.take_register_out(rows=len(rows), nik_in_full=in_full, by=request.user)
    return http.export(_("register of members"), papers.register_sheet(rows, on=today()), on=today())


@require(Permission.MEMBER_EXPORT)
def register(request):
    """The buku daftar anggota on paper: everybody who ever entered, in the order of their numbers."""
    members = Member.objects.exclude(number=None).select_related("business").order_by("number")
    paper = documents.pdf("members/register.typ", papers.register_paper(members, on=today()), tagged=False)
    services.take_register_out(rows=members.count(), nik_in_full=False, by=request.user)
    return download(paper, f"buku-daftar-anggota-{today():%Y-%m-%d}.pdf", inline=True)


# -- from application to entry ---------------------------------------------------------------------------------------


@require(Permission.MEMBER_APPLY)
def apply(request):
    form = forms.ApplyForm(request.POST or None)
    if form.is_valid() and (member := submit(form, services.apply, by=request.user, **form.facts)):
        messages.success(request, _("The application of {name} is written down.").format(name=member.name))
        return redirect("members:detail", member.pk)
    return render(request, "members/apply.html", {"form": form})


@require(Permission.MEMBER_ADMIT)
def admit(request, pk):
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    form = forms.AdmitForm(request.POST or None)
    if form.is_valid() and submit(form, services.admit, member, by=request.user, **form.facts):
        messages.success(
            request,
            _("{name} is admitted. Next the treasurer receives principal and first mandatory savings.").format(
                name=member.name
            ),
        )
        return redirect("members:detail", member.pk)
    return render(request, "members/admit.html", {"member": member, "form": form})


@require(Permission.MEMBER_ADMIT)
def refuse(request, pk):
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    form = forms.RefuseForm(request.POST or None)
    if form.is_valid() and submit(form, services.refuse, member, by=request.user, **form.facts):
        messages.success(request, _("The application of {name} is refused.").format(name=member.name))
        return redirect("members:detail", member.pk)
    return render(request, "members/refuse.html", {"member": member, "form": form})


# -- one member ------------------------------------------------------------------------------------------------------


@require(Permission.MEMBER_VIEW)
def me(request):
    """A member's own page, wherever they come from."""
    member = Member.objects.filter(user=request.user).first()
    if member is None:
        messages.info(request, _("Your login does not belong to a member yet. The secretary can link the two."))
        return redirect("home")
    return redirect("members:detail", member.pk)


@require(Permission.MEMBER_VIEW)
def detail(request, pk):
    member = get_object_or_404(Member.objects.visible_to(request.user).select_related("business", "user"), pk=pk)
    return render(request, "members/detail.html", _shown(request, member))


@require(Permission.NIK_READ)
@require_POST
@never_cache
def read_nik(request, pk):
    """The member page with the NIK in full, once; the trail keeps who asked."""
    member = get_object_or_404(Member.objects.visible_to(request.user).select_related("business", "user"), pk=pk)
    nik = services.read_nik(member, by=request.user)
    return render(request, "members/detail.html", _shown(request, member) | {"nik": nik})


def _shown(request, member):
    """What the member page shows."""
    business = getattr(member, "business", None)
    return {
        "member": member,
        "standing": queries.standing(member, as_of=today()),
        "is_own": member.user_id == request.user.pk,
        "doubts": queries.nik_doubts(member),
        "business": business,
        "counts": list(business.worker_counts.order_by("-counted_on")) if business else [],
        "size": queries.size_class(business, as_of=today()) if business else None,
        "skills": business.skills.order_by("name") if business else [],
        "events": audit.trail(member, reader=request.user)[:30],
        "whatsapp": notices.whatsapp(member.phone, papers.news_for(member)) if member.phone else "",
    }


@require(Permission.MEMBER_CORRECT)
def correct(request, pk):
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    form = forms.CorrectForm(request.POST or None, member=member)
    if form.is_valid() and submit(form, services.correct, member, by=request.user, **form.facts):
        messages.success(request, _("The particulars of {name} are put right.").format(name=member.name))
        return redirect("members:detail", member.pk)
    return render(request, "members/correct.html", {"member": member, "form": form})


@require(Permission.MEMBER_VIEW)
def take_data_out(request, pk):
    """Everything the register holds about a person, for that person (UU 27/2022) or the secretary on their behalf."""
    member = get_object_or_404(Member.objects.visible_to(request.user).select_related("business", "user"), pk=pk)
    if member.user_id != request.user.pk and not request.user.can(Permission.NIK_READ):
        raise PermissionDenied
    services.take_data_out(member, by=request.user)
    response = JsonResponse(papers.everything_about(member), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="data-{member.pk}-{today():%Y-%m-%d}.json"'
    response["Cache-Control"] = "no-store"
    return response


# -- the business ----------------------------------------------------------------------------------------------------


@require(Permission.BUSINESS_CORRECT)
def set_business(request, pk):
    member = get_object_or_404(Member.objects.visible_to(request.user).select_related("business"), pk=pk)
    form = forms.BusinessForm(request.POST or None, initial=_business_as_it_stands(member))
    if form.is_valid() and submit(form, services.set_business, member, by=request.user, **form.facts):
        messages.success(request, _("The business is written down."))
        return redirect("members:detail", member.pk)
    return render(request, "members/business.html", {"member": member, "form": form})


def _business_as_it_stands(member):
    business = getattr(member, "business", None)
    if business is None:
        return {"address": member.address, "rt": member.rt, "rw": member.rw}
    return {name: getattr(business, name) for name in forms.BusinessForm.base_fields if name != "token"}


@require(Permission.BUSINESS_CORRECT)
def count_workers(request, pk):
    member = get_object_or_404(Member.objects.visible_to(request.user).exclude(business=None), pk=pk)
    form = forms.WorkersForm(request.POST or None)
    if form.is_valid() and submit(form, services.count_workers, member.business, by=request.user, **form.facts):
        messages.success(request, _("The number of workers is written down."))
        return redirect("members:detail", member.pk)
    return render(request, "members/workers.html", {"member": member, "form": form})


@require(Permission.BUSINESS_CORRECT)
def set_skills(request, pk):
    member = get_object_or_404(Member.objects.visible_to(request.user).exclude(business=None), pk=pk)
    form = forms.SkillsForm(request.POST or None, initial={"known": member.business.skills.all()})
    if form.is_valid() and submit(form, services.set_skills, member.business, skills=form.skills, by=request.user):
        messages.success(request, _("The skills are written down."))
        return redirect("members:detail", member.pk)
    return render(request, "members/skills.html", {"member": member, "form": form})


# -- logins ----------------------------------------------------------------------------------------------------------


@require(Permission.LOGIN_GIVE)
def give_login(request, pk):
    member = get_object_or_404(Member.objects.visible_to(request.user).exclude(number=None), pk=pk)
    form = forms.GiveLoginForm(request.POST or None, initial={"username": f"anggota{member.number:02d}"})
    if form.is_valid() and (user := submit(form, services.give_login, member, by=request.user, **form.facts)):
        messages.success(
            request,
            _("{name} can log in as {username} with the temporary password you wrote down.").format(
                name=member.name, username=user.username
            ),
        )
        return redirect("members:detail", member.pk)
    return render(request, "members/login.html", {"member": member, "form": form})


@require(Permission.LOGIN_GIVE)
def link_login(request, pk):
    """Say which officer this member is: officers had their logins before the register knew them."""
    member = get_object_or_404(Member.objects.visible_to(request.user).exclude(number=None), pk=pk)
    form = forms.LinkLoginForm(request.POST or None)
    if form.is_valid() and submit(form, services.link_login, member, by=request.user, **form.facts):
        text = _("The login {username} belongs to {name} now.")
        messages.success(request, text.format(username=form.cleaned_data["user"].username, name=member.name))
        return redirect("members:detail", member.pk)
    return render(request, "members/link_login.html", {"member": member, "form": form})


@require(Permission.LOGIN_GIVE)
def reset_password(request, pk):
    member = get_object_or_404(Member.objects.visible_to(request.user).exclude(user=None), pk=pk)
    form = forms.PasswordForm(request.POST or None)
    if form.is_valid() and submit(form, services.reset_password, member, by=request.user, **form.facts):
        messages.success(request, _("{name} has the new temporary password you wrote down.").format(name=member.name))
        return redirect("members:detail", member.pk)
    return render(request, "members/password.html", {"member": member, "form": form})


# -- partners --------------------------------------------------------------------------------------------------------


@require(Permission.PARTNER_LIST)
def partners(request):
    found = filters.PartnerFilter(request.GET, queryset=Partner.objects.all(), request=request)
    return render(request, "members/partners.html", {"filter": found, "page": page_of(request, found.qs)})


@require(Permission.MEMBER_EXPORT)
def export_partners(request):
    found = filters.PartnerFilter(request.GET, queryset=Partner.objects.all(), request=request)
    return http.export(_("partners"), papers.partners_sheet(found.qs), on=today())


@require(Permission.PARTNER_LIST)
def partner(request, pk):
    partner = get_object_or_404(Partner, pk=pk)
    return render(
        request, "members/partner.html", {"partner": partner, "events": audit.trail(partner, reader=request.user)[:30]}
    )


@require(Permission.PARTNER_CORRECT)
def record_partner(request):
    form = forms.PartnerForm(request.POST or None)
    if form.is_valid() and (partner := submit(form, services.record_partner, by=request.user, **form.facts)):
        messages.success(request, _("{name} is written down as a partner.").format(name=partner.name))
        return redirect("members:partner", partner.pk)
    return render(request, "members/partner_form.html", {"form": form, "cancel": reverse("members:partners")})


@require(Permission.PARTNER_CORRECT)
def correct_partner(request, pk):
    partner = get_object_or_404(Partner, pk=pk)
    form = forms.CorrectPartnerForm(request.POST or None, partner=partner)
    if form.is_valid() and submit(form, services.correct_partner, partner, by=request.user, **form.facts):
        messages.success(request, _("What is known about {name} is put right.").format(name=partner.name))
        return redirect("members:partner", partner.pk)
    cancel = reverse("members:partner", args=[partner.pk])
    return render(request, "members/partner_form.html", {"form": form, "partner": partner, "cancel": cancel})
