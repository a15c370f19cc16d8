"""The surplus of a year: as the rules in force would divide it, as it was put before the meeting, and paid out."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import audit
from core.dates import today
from core.forms import Form, YearForm
from core.http import download, export, page_of, require, submit
from core.money import format_rupiah
from core.permissions import Permission
from shu import papers, queries, services
from shu.forms import BookForm, PayForm
from shu.models import Distribution, Share


@require(Permission.REPORT_VIEW)
def preview(request):
    on = today()
    years = queries.years(as_of=on) or [on.year]
    form = YearForm(request.GET if "year" in request.GET else {"year": years[0]}, years=years)
    year = form.cleaned_data["year"] if form.is_valid() else years[0]
    found = queries.preview(year, as_of=on)
    context = {
        "form": form,
        "year": year,
        "preview": found,
        "page": page_of(request, found.rows),
        "divisions": Distribution.objects.order_by("-year", "-pk"),
        "standing": Distribution.objects.standing().filter(year=year).first(),
        "is_over": year < on.year,
    }
    return render(request, "shu/preview.html", context)


@require(Permission.SHU_PROPOSE)
def propose(request, year):
    form = Form(request.POST or None)
    if form.is_valid() and (made := submit(form, services.propose, year, on=today(), by=request.user)):
        messages.success(request, _("The division is kept, to be put before the annual meeting."))
        return redirect("shu:distribution", made.pk)
    found = queries.preview(year, as_of=today())
    context = {
        "form": form,
        "title": _("Work out the SHU of {year}").format(year=year),
        "amount": found.surplus,
        "action": _("Keep this division"),
        "cancel": f"{reverse('shu:preview')}?year={year}",
        "consequences": [
            _("Every figure is kept as it stands in the closed books; it can be printed for the meeting."),
            _("Nothing is booked yet. After the meeting another officer books it."),
        ],
    }
    return render(request, "shu/propose.html", context)


@require(Permission.SHU_VIEW)
def distribution(request, pk):
    found = _found(request, pk)
    shares = found.shares.visible_to(request.user).select_related("member", "receipt").order_by("member__number")
    context = {
        "distribution": found,
        "parts": found.parts.all(),
        "sums": queries.sums(found),
        "page": page_of(request, shares),
        "deadline": queries.meeting_deadline(found.year),
        "events": audit.trail(found, reader=request.user),
    }
    return render(request, "shu/distribution.html", context)


@require(Permission.REPORT_VIEW)
def distribution_export(request, pk):
    found = _found(request, pk)
    return export(_("SHU {year}").format(year=found.year), papers.sheet(found), on=today())


@require(Permission.REPORT_VIEW)
def distribution_paper(request, pk):
    found = _found(request, pk)
    return download(papers.distribution(found), f"SHU-{found.year}.pdf", inline=True)


@require(Permission.SHU_PROPOSE)
def withdraw(request, pk):
    found = _found(request, pk)
    form = Form(request.POST or None)
    if form.is_valid() and submit(form, services.withdraw, found, on=today(), by=request.user):
        messages.success(request, _("The proposal is taken back. A new one can be worked out."))
        return redirect("shu:distribution", pk)
    context = {
        "distribution": found,
        "form": form,
        "consequences": [_("The figures stay readable, but no longer count."), _("A new division can be worked out.")],
    }
    return render(request, "shu/withdraw.html", context)


@require(Permission.SHU_BOOK)
def book(request, pk):
    found = _found(request, pk)
    form = BookForm(request.POST or None, year=found.year)
    if form.is_valid() and submit(form, services.book, found, by=request.user, **form.facts):
        messages.success(request, _("The division is booked. The members can be paid."))
        return redirect("shu:distribution", pk)
    context = {
        "distribution": found,
        "form": form,
        "consequences": [
            _("{amount} of the surplus goes to funds and members, as the meeting decided.").format(
                amount=format_rupiah(found.surplus)
            ),
            _("Every member reads about their part and can fetch it."),
            _("It cannot be undone."),
        ],
    }
    return render(request, "shu/book.html", context)


@require(Permission.SHU_PAY)
def pay(request, pk):
    share = get_object_or_404(Share.objects.visible_to(request.user).select_related("member", "distribution"), pk=pk)
    form = PayForm(request.POST or None)
    if form.is_valid() and submit(form, services.pay, share, by=request.user, **form.facts):
        messages.success(
            request,
            _("{name} has the part of {amount}.").format(name=share.member.name, amount=format_rupiah(share.total)),
        )
        return redirect("shu:distribution", share.distribution_id)
    return render(request, "shu/pay.html", {"share": share, "form": form})


@require(Permission.SHU_PAY)
def pay_all(request, pk):
    found = _found(request, pk)
    form = Form(request.POST or None)
    if form.is_valid() and (paid := submit(form, services.pay_all_into_savings, found, on=today(), by=request.user)):
        sentence = ngettext("{count} part is in savings now.", "{count} parts are in savings now.", len(paid))
        messages.success(request, sentence.format(count=len(paid)))
        return redirect("shu:distribution", pk)
    sums = queries.sums(found)
    context = {
        "distribution": found,
        "form": form,
        "amount": sums["unpaid"],
        "consequences": [
            _("Every part that nobody has fetched goes into the member's voluntary savings."),
            _("Those who left the cooperative fetch theirs in cash; your own part is paid by another officer."),
        ],
    }
    return render(request, "shu/pay_all.html", context)


@require(Permission.SHU_VIEW)
def mine(request):
    """What one got in every year, and how it was worked out."""
    shares = Share.objects.filter(member__user=request.user, distribution__approved_on__isnull=False)
    rows = shares.select_related("distribution", "receipt").order_by("-distribution__year")
    return render(request, "shu/mine.html", {"shares": rows})


def _found(request, pk) -> Distribution:
    rows = Distribution.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("rules", "decided_in", "proposed_by", "approved_by"), pk=pk)
