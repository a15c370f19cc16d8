"""The surplus of a year: as the rules in force would distribute it, as put before the meeting, and paid out."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import audit
from core.dates import today
from core.forms import ConfirmationForm, ReversalForm, YearForm
from core.http import download, export, page_of, require
from core.money import format_rupiah
from core.pages import FormPage, crumbs, form_page
from core.permissions import Permission
from ledger.channels import Channel
from shu import papers, queries, services
from shu.forms import BookForm, PayForm
from shu.models import Distribution, Share, SharePayment
from treasury.models import PaymentKind
from treasury.views.common import paid_or_waits, unless_waiting


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
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.propose,
        year,
        on=today(),
        by=request.user,
        page=lambda: FormPage(
            title=_("Calculate the SHU of {year}").format(year=year),
            action=_("Save this distribution"),
            amount=queries.preview(year, as_of=today()).surplus,
            consequences=[
                _("Every figure is saved as it stands in the closed books; it can be printed for the meeting."),
                _("Nothing is posted yet. After the meeting another officer posts it."),
            ],
            crumbs=[*crumbs(), ("SHU", f"{reverse('shu:preview')}?year={year}")],
        ),
        done=_("The distribution is saved, to be put before the annual meeting."),
        to=lambda made: reverse("shu:distribution", args=[made.pk]),
    )


@require(Permission.SHU_VIEW)
def distribution(request, pk):
    found = _found(request, pk)
    shares = found.shares.visible_to(request.user).select_related("member", "payment").order_by("member__number")
    page = page_of(request, shares)
    context = {
        "distribution": found,
        "parts": found.parts.all(),
        "sums": queries.sums(found),
        "page": page,
        "reversible": [share for share in page if _may_reverse(request.user, share)],
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
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.withdraw,
        found,
        on=today(),
        by=request.user,
        page=FormPage(
            title=_("Withdraw the proposal"),
            action=_("Take back"),
            consequences=[
                _("The figures stay readable but no longer count."),
                _("A new distribution can be calculated."),
            ],
            danger=True,
            crumbs=_crumbs(found),
        ),
        done=_("The proposal is withdrawn. A new one can be calculated."),
    )


@require(Permission.SHU_BOOK)
def book(request, pk):
    found = _found(request, pk)
    return form_page(
        request,
        BookForm(request.POST or None, distribution=found, on=today()),
        services.book,
        found,
        by=request.user,
        page=FormPage(
            title=_("Post the SHU of {year}").format(year=found.year),
            action=_("Post the distribution"),
            amount=found.surplus,
            consequences=[
                _("{amount} of the surplus goes to the funds and the members, as the meeting decided.").format(
                    amount=format_rupiah(found.surplus)
                ),
                _("Every member is notified of their share and can collect it."),
                _("It cannot be undone."),
            ],
            crumbs=_crumbs(found),
            below="shu/_record_decision.html",
        ),
        done=_("The distribution is posted. The members can be paid."),
    )


@require(Permission.SHU_PAY)
def pay(request, pk):
    share = get_object_or_404(Share.objects.visible_to(request.user).select_related("member", "distribution"), pk=pk)
    facts = {"name": share.member.name, "amount": format_rupiah(share.total)}
    return form_page(
        request,
        PayForm(request.POST or None),
        services.pay,
        share,
        by=request.user,
        page=FormPage(
            title=_("Pay the share"),
            action=_("Pay out"),
            lead=_("{name} gets {amount} of the SHU of {year}.").format(year=share.distribution.year, **facts),
            crumbs=_crumbs(share.distribution),
            unavailable=unless_waiting(PaymentKind.SHU, share.pk),
        ),
        **paid_or_waits(done=_("{name} has received the share of {amount}.").format(**facts)),
    )


def _may_reverse(user, share) -> bool:
    paid = share.payment
    return bool(
        paid
        and paid.channel != Channel.DEPARTURE
        and user.can(Permission.SHU_PAY)
        and share.member.user_id != user.pk
        and paid.may_be_reversed_by(user)
    )


@require(Permission.SHU_PAY)
def reverse_payment(request, pk):
    visible = Share.objects.visible_to(request.user)
    rows = SharePayment.objects.unreversed().filter(share__in=visible)
    payment = get_object_or_404(rows.select_related("share__member", "share__distribution"), pk=pk)
    return form_page(
        request,
        ReversalForm(request.POST or None),
        services.reverse_payment,
        payment,
        by=request.user,
        page=FormPage(
            title=_("Reverse the payment"),
            action=_("Reverse"),
            amount=payment.share.total,
            facts=[
                (_("Member"), payment.share.member.name),
                (_("Paid on"), date_format(payment.paid_on, "j F Y")),
                (_("How"), payment.get_channel_display()),
            ],
            crumbs=_crumbs(payment.share.distribution),
            danger=True,
        ),
        done=_("The payment is reversed. The share can be paid anew."),
    )


@require(Permission.SHU_PAY)
def pay_all(request, pk):
    found = _found(request, pk)
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.pay_all_into_savings,
        found,
        on=today(),
        by=request.user,
        page=lambda: FormPage(
            title=_("Put all parts into savings"),
            action=_("Put into savings"),
            amount=queries.sums(found)["unpaid"],
            consequences=[
                _("Every share that has not been collected goes into the member's voluntary savings."),
                _("Former members are paid out; your own share is paid by another officer."),
            ],
            crumbs=_crumbs(found),
        ),
        done=lambda paid: ngettext(
            "{count} part is in savings now.", "{count} parts are in savings now.", len(paid)
        ).format(count=len(paid)),
    )


@require(Permission.SHU_VIEW)
def mine(request):
    """One's own shares year by year, and how they were calculated."""
    shares = Share.objects.filter(member__user=request.user, distribution__approved_on__isnull=False)
    rows = shares.select_related("distribution", "payment__receipt").order_by("-distribution__year")
    return render(request, "shu/mine.html", {"shares": rows})


def _found(request, pk) -> Distribution:
    rows = Distribution.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("rules", "decided_in", "proposed_by", "approved_by"), pk=pk)


def _crumbs(found: Distribution) -> list[tuple[str, str]]:
    return crumbs(("SHU", "shu:preview"), (str(found), "shu:distribution", found.pk))
