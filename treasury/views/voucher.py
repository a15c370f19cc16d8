"""Vouchers in the browser: the list, one voucher with its papers, recording, reversing, and those that come again."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.dates import today
from core.forms import ConfirmationForm, ReversalForm
from core.http import download, export, page_of, require, show
from core.models import StoredFile
from core.pages import FormPage, form_page
from core.permissions import Permission
from core.terbilang import terbilang
from ledger.channels import Channel
from treasury import papers, services
from treasury.forms.voucher import PaperForm, TemplateForm, VoucherFilter, VoucherForm
from treasury.models import StatementLine, Voucher, VoucherPaper, VoucherTemplate
from treasury.models.voucher import Direction
from treasury.queries import voucher as queries
from treasury.queries.bank_account import open_accounts
from treasury.views.common import crumbs, paid_or_waits


@require(Permission.LEDGER_VIEW)
def vouchers(request):
    found = VoucherFilter(request.GET, queryset=queries.vouchers())
    context = {
        "filter": found,
        "page": page_of(request, found.qs),
        "templates": queries.offered_templates(as_of=today()),
    }
    return render(request, "treasury/vouchers.html", context)


@require(Permission.LEDGER_VIEW)
def export_vouchers(request):
    found = VoucherFilter(request.GET, queryset=queries.vouchers())
    return export(_("vouchers"), papers.voucher_sheet(found.qs), on=today())


@require(Permission.LEDGER_VIEW)
def voucher(request, pk):
    found = _voucher_or_404(pk)
    return render(
        request,
        "treasury/voucher.html",
        {"voucher": found, "words": terbilang(found.amount), "papers": found.papers.order_by("pk")},
    )


@require(Permission.LEDGER_VIEW)
def voucher_paper(request, pk):
    found = _voucher_or_404(pk)
    return download(papers.voucher(found), f"{found.number}.pdf", inline=True)


@require(Permission.LEDGER_VIEW)
def voucher_small(request, pk):
    found = _voucher_or_404(pk)
    return download(papers.voucher(found, small=True), f"{found.number}.pdf", inline=True)


@require(Permission.LEDGER_VIEW)
def bill(request, pk):
    """The bill or receipt that came with it."""
    return show(get_object_or_404(StoredFile, pk=_voucher_or_404(pk).paper_id))


@require(Permission.VOUCHER_POST)
def record_voucher(request, direction):
    if direction not in Direction.values:
        raise Http404
    into = direction == Direction.IN
    return form_page(
        request,
        VoucherForm(
            request.POST or None, request.FILES or None, direction=direction, initial=_filled_in(request, direction)
        ),
        services.record_voucher,
        template=_template(request, direction),
        by=request.user,
        page=FormPage(
            title=_("Money in") if into else _("Money out"),
            action=_("Post the voucher"),
            crumbs=crumbs((_("Vouchers"), reverse("treasury:vouchers"))),
            lead=_("For what no other book receives: a grant, interest from the bank.")
            if into
            else _("For what no other book pays: electricity, rent, stationery."),
        ),
        **paid_or_waits(**POSTED),
    )


def _filled_in(request, direction) -> dict:
    """What a template (`?template=3`) or a movement on a bank statement (`?movement=7`) fills in."""
    template = _template(request, direction)
    if template:
        return _of_template(template, "unit", "category", "payee", "purpose", "amount")
    wanted = request.GET.get("movement", "")
    rows = StatementLine.objects.unmatched().select_related("statement__bank_account__account")
    movement = rows.filter(pk=wanted).first() if wanted.isdigit() else None
    if movement is None:
        return {}
    bank = movement.statement.bank_account
    return {
        "unit": bank.unit,
        "payee": bank.bank,
        "purpose": movement.text,
        "amount": abs(movement.amount),
        "channel": f"bank:{bank.account.code}:{bank.unit}",
        "on": movement.on,
    }


def _template(request, direction) -> VoucherTemplate | None:
    wanted = request.GET.get("template", "")
    rows = VoucherTemplate.objects.filter(direction=direction, ended_on=None)
    return rows.filter(pk=wanted).first() if wanted.isdigit() else None


def _of_template(template: VoucherTemplate, *names) -> dict:
    """The template in the words of the form: its bank account is one of several choices."""
    is_told_apart = template.channel == Channel.BANK and bool(open_accounts(as_of=today()))
    channel = f"bank:{template.way.account}:{template.unit}" if is_told_apart else template.channel
    return {"channel": channel} | {name: getattr(template, name) for name in names if getattr(template, name)}


POSTED = {
    "done": lambda posted: _("Voucher {number} is posted.").format(number=posted.number),
    "to": lambda posted: reverse("treasury:voucher", args=[posted.pk]),
}


@require(Permission.VOUCHER_POST)
def post_template(request, pk):
    """One tap on a list posts it at once; the address alone asks first."""
    found = get_object_or_404(VoucherTemplate.objects.select_related("category"), pk=pk)
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.post_template,
        found,
        on=today(),
        by=request.user,
        page=FormPage(
            title=found.name,
            action=_("Post the voucher"),
            crumbs=crumbs((_("Templates"), reverse("treasury:templates"))),
            amount=found.amount,
            facts=[
                (_("With whom"), found.payee),
                (_("What for"), found.category),
                (_("Purpose"), found.purpose),
                (_("Way of paying"), found.get_channel_display()),
            ],
        ),
        **paid_or_waits(**POSTED),
    )


@require(Permission.VOUCHER_POST)
def add_paper(request, pk):
    found = _voucher_or_404(pk)
    return form_page(
        request,
        PaperForm(request.POST or None, request.FILES or None),
        services.add_paper,
        found,
        on=today(),
        by=request.user,
        page=FormPage(
            title=_("Add a photo or PDF"),
            action=_("Add"),
            crumbs=crumbs((found.number, reverse("treasury:voucher", args=[pk]))),
            lead=_("The second page of a bill, or the receipt that came later. What is there stays."),
        ),
        done=_("The paper is kept with the voucher."),
    )


@require(Permission.LEDGER_VIEW)
def added_paper(request, pk):
    return show(get_object_or_404(VoucherPaper.objects.select_related("file"), pk=pk).file)


@require(Permission.ENTRY_REVERSE)
def reverse_voucher(request, pk):
    found = _voucher_or_404(pk)
    return form_page(
        request,
        ReversalForm(request.POST or None),
        services.reverse_voucher,
        found,
        by=request.user,
        page=FormPage(
            title=_("Reverse the voucher"),
            action=_("Reverse"),
            crumbs=crumbs((found.number, reverse("treasury:voucher", args=[pk]))),
            amount=found.amount,
            facts=[(_("With whom"), found.payee), (_("Purpose"), found.purpose)],
            consequences=[
                _("Its entry is undone by another one; both stay in the journal."),
                _("The voucher keeps its number and is marked as reversed."),
            ],
            danger=True,
        ),
        done=_("The voucher is reversed."),
    )


@require(Permission.LEDGER_VIEW)
def templates(request):
    due = {template.pk for template in queries.due_templates(as_of=today())}
    rows = [
        (template, ConfirmationForm(auto_id=False) if template.amount and template.pk in due else None)
        for template in queries.offered_templates(as_of=today())
    ]
    return render(request, "treasury/templates.html", {"templates": rows})


@require(Permission.VOUCHER_POST)
def save_template(request, pk=None):
    found = get_object_or_404(VoucherTemplate, pk=pk) if pk else None
    names = ("name", "unit", "category", "payee", "purpose", "amount", "day_of_month")
    initial = _of_template(found, *names) if found else {}
    return form_page(
        request,
        TemplateForm(request.POST or None, initial=initial),
        services.save_template,
        template=found,
        by=request.user,
        page=FormPage(
            title=found.name if found else _("Add a template"),
            action=_("Keep"),
            crumbs=crumbs((_("Templates"), reverse("treasury:templates"))),
            lead=_("A voucher that comes again is filled in with one tap."),
        ),
        done=_("The template is kept."),
    )


@require(Permission.VOUCHER_POST)
def end_template(request, pk):
    found = get_object_or_404(VoucherTemplate, pk=pk)
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.end_template,
        found,
        on=today(),
        by=request.user,
        page=FormPage(
            title=_("End the template"),
            action=_("End"),
            crumbs=crumbs((_("Templates"), reverse("treasury:templates"))),
            consequences=[_("“{name}” is offered no more. Its vouchers stay.").format(name=found.name)],
        ),
        done=_("The template is ended."),
    )


def _voucher_or_404(pk) -> Voucher:
    rows = Voucher.objects.select_related("category", "entry__payment_request__answered_by", "by", "reversed_by")
    return get_object_or_404(rows, pk=pk)
