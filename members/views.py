"""The register in the browser."""

from django.shortcuts import get_object_or_404, render

from core.http import page_of, require
from core.permissions import Permission
from members.models import Member


@require(Permission.MEMBER_LIST)
def index(request):
    rows = Member.objects.visible_to(request.user).select_related("business").order_by("number", "name")
    return render(request, "members/list.html", {"page": page_of(request, rows)})


@require(Permission.MEMBER_VIEW)
def detail(request, pk):
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    return render(request, "members/detail.html", {"member": member})
