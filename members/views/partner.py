"""Partners in the browser."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from core import audit
from core.dates import today
from core.http import export, page_of, require
from core.pages import FormPage, crumbs, form_page
from core.permissions import Permission
from members import services
from members.forms.partner import CorrectPartnerForm, PartnerFilter, PartnerForm
from members.models import Partner
from members.papers.partner import partners_sheet


@require(Permission.PARTNER_LIST)
def partners(request):
    narrowed = _narrowed(request)
    return render(request, "members/partners.html", {"filter": narrowed, "page": page_of(request, narrowed.qs)})


@require(Permission.MEMBER_EXPORT)
def export_partners(request):
    return export(_("partners"), partners_sheet(_narrowed(request).qs), on=today())


def _narrowed(request):
    """The partners as the query string narrows them down, and the filter."""
    return PartnerFilter(request.GET, queryset=Partner.objects.all(), request=request)


@require(Permission.PARTNER_LIST)
def partner(request, pk):
    partner = get_object_or_404(Partner, pk=pk)
    return render(
        request, "members/partner.html", {"partner": partner, "events": audit.trail(partner, reader=request.user)[:30]}
    )


@require(Permission.PARTNER_CORRECT)
def record_partner(request):
    return form_page(
        request,
        PartnerForm(request.POST or None),
        services.record_partner,
        by=request.user,
        done=lambda partner: _("{name} is recorded as a partner.").format(name=partner.name),
        to=lambda partner: reverse("members:partner", args=[partner.pk]),
        page=_page(_("New partner")),
    )


@require(Permission.PARTNER_CORRECT)
def correct_partner(request, pk):
    partner = get_object_or_404(Partner, pk=pk)
    return form_page(
        request,
        CorrectPartnerForm(request.POST or None, partner=partner),
        services.correct_partner,
        partner,
        by=request.user,
        done=lambda corrected: _("The details of {name} are corrected.").format(name=corrected.name),
        page=_page(_("Correct partner"), (Truncator(partner.name).chars(40), "members:partner", partner.pk)),
    )


def _page(title, *steps):
    return FormPage(
        title=title,
        lead=_("A shop, a trader, a supplier or an agency."),
        action=_("Save the partner"),
        crumbs=crumbs((_("Partners"), "members:partners"), *steps),
    )
