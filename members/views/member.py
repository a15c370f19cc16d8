"""The register and one member's page in the browser."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core import audit, documents, http, notices
from core.dates import today
from core.http import download, page_of, require
from core.pages import FormPage, crumbs, form_page
from core.permissions import Permission
from members import queries, services
from members.forms.member import CorrectForm
from members.forms.register import MemberFilter
from members.models import Member
from members.papers import member as papers


def _narrowed(request):
    """The register as the query string narrows it down, and its filter."""
    rows = Member.objects.visible_to(request.user).select_related("business")
    return MemberFilter(request.GET, queryset=rows, as_of=today(), request=request)


@require(Permission.MEMBER_LIST)
def index(request):
    narrowed = _narrowed(request)
    page = page_of(request, narrowed.qs)
    page.object_list = [(member, queries.standing(member, as_of=today())) for member in page.object_list]
    tallies = queries.tallies(as_of=today())
    return render(request, "members/list.html", {"filter": narrowed, "page": page, "tallies": tallies, "on": today()})


@require(Permission.MEMBER_EXPORT)
def export(request):
    """What the list shows, as a workbook; the NIK in full for those who may read it, and then the trail says so."""
    in_full = request.user.can(Permission.NIK_READ)
    rows = [papers.register_row(member, nik_in_full=in_full, as_of=today()) for member in _narrowed(request).qs]
    services.take_register_out(rows=len(rows), nik_in_full=in_full, by=request.user)
    return http.export(_("register of members"), papers.register_sheet(rows, on=today()), on=today())


@require(Permission.MEMBER_EXPORT)
def register(request):
    """The buku daftar anggota on paper: everybody who ever entered, in the order of their numbers."""
    members = Member.objects.exclude(number=None).select_related("business").order_by("number")
    paper = documents.pdf("members/register.typ", papers.register_paper(members, on=today()), tagged=False)
    services.take_register_out(rows=members.count(), nik_in_full=False, by=request.user)
    return download(paper, f"buku-daftar-anggota-{today():%Y-%m-%d}.pdf", inline=True)


@require(Permission.MEMBER_VIEW)
def me(request):
    """A member's own page, wherever they come from."""
    member = Member.objects.filter(user=request.user).first()
    if member is None:
        messages.info(request, _("Your login is not linked to a member yet. The secretary can link it."))
        return redirect("home")
    return redirect("members:detail", member.pk)


@require(Permission.MEMBER_VIEW)
def detail(request, pk):
    member = found(request, pk)
    return render(request, "members/detail.html", _shown(request, member))


@require(Permission.NIK_READ)
@require_POST
@never_cache
def read_nik(request, pk):
    """The member page with the NIK in full, once; the trail keeps who asked."""
    member = found(request, pk)
    nik = services.read_nik(member, by=request.user)
    return render(request, "members/detail.html", _shown(request, member) | {"nik": nik})


def _shown(request, member):
    """What the member page shows."""
    business = getattr(member, "business", None)
    return {
        "member": member,
        "standing": queries.standing(member, as_of=today()),
        "is_own": member.user_id == request.user.pk,
        "can": queries.may(member, request.user),
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
    member = found(request, pk)
    return member_page(
        request,
        member,
        CorrectForm(request.POST or None, member=member),
        services.correct,
        member,
        done=_("The particulars of {name} are corrected.").format(name=member.name),
        title=_("Correct particulars"),
        lead=_("What the register says about {name}. What stood there before is kept in the history.").format(
            name=member.name
        ),
        action=_("Save the correction"),
    )


@require(Permission.MEMBER_VIEW)
def take_data_out(request, pk):
    """Everything the register holds about a person, for that person (UU 27/2022) or the secretary on their behalf."""
    member = found(request, pk)
    if member.user_id != request.user.pk and not request.user.can(Permission.NIK_READ):
        raise PermissionDenied
    services.take_data_out(member, by=request.user)
    response = JsonResponse(papers.everything_about(member), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="data-{member.pk}-{today():%Y-%m-%d}.json"'
    response["Cache-Control"] = "no-store"
    return response


def found(request, pk, **conditions):
    """A member whom the reader may see, or 404."""
    return get_object_or_404(
        Member.objects.visible_to(request.user).select_related("business", "user"), pk=pk, **conditions
    )


def member_page(request, member, form, service, *args, done, **page):
    """A page with one form below the page of `member`, where it leads back (`core.pages.form_page`)."""
    register = [(_("Members"), "members:list")] if request.user.can(Permission.MEMBER_LIST) else []
    way = crumbs(*register, (Truncator(member.name).chars(40), "members:detail", member.pk))
    return form_page(request, form, service, *args, by=request.user, done=done, page=FormPage(crumbs=way, **page))
