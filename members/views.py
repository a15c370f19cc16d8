"""The register in the browser."""

from django.shortcuts import render

from core.http import page_of, require
from core.permissions import Permission
from members.models import Member


@require(Permission.MEMBER_LIST)
def index(request):
    rows = Member.objects.visible_to(request.user).select_related("business").order_by("number", "name")
    return render(request, "members/list.html", {"page": page_of(request, rows)})
