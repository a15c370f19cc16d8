"""“I need material” in the browser: choosing, asking, answering yes or no."""

import datetime

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit
from core.dates import long_date, today
from core.forms import ConfirmationForm
from core.http import require
from core.pages import FormPage, Unavailable, form_page
from core.permissions import Permission
from pricing.models import Item
from stock import queries, services
from stock.forms.request import RequestForm, YesForm
from stock.models import StockRequest
from stock.notifications import named
from stock.views.movement import item_or_404, own_member


def _request_or_404(request, pk) -> StockRequest:
    return get_object_or_404(queries.requests(StockRequest.objects.visible_to(request.user)), pk=pk)


def _crumbs(asked: StockRequest | None = None) -> list[tuple[str, str]]:
    found = [(_("Lent and borrowed"), reverse("stock:loans"))]
    return [*found, (str(asked.item), reverse("stock:request", args=[asked.pk]))] if asked else found


@require(Permission.STOCK_RECORD)
def choose(request, kind):
    """Which material, or which finished goods: what somebody holds first, then the others in use."""
    if kind not in Item.Kind.values:
        raise Http404
    held = [row for row in queries.materials(as_of=today()) if row.kind == kind]
    others = Item.objects.active().filter(kind=kind).exclude(pk__in=[row.id for row in held]).order_by("name")
    context = {"held": held, "others": others, "is_material": kind == Item.Kind.MATERIAL, "many": queries.MANY}
    return render(request, "stock/need.html", context)


@require(Permission.STOCK_RECORD)
def ask(request, pk):
    found, member, on = item_or_404(request, pk), own_member(request.user), today()
    page = FormPage(
        title=_("I need {item}").format(item=found),
        action=_("Ask the neighbours"),
        crumbs=_crumbs(),
        lead=_("Who can spare some is told at once, and says yes or no."),
        unavailable=None if member else Unavailable(_("No workshop belongs to this login")),
        below="stock/_can_spare.html",
        context={"holders": queries.holders(found, as_of=on, without=[member.pk] if member else []), "item": found},
    )
    initial = {"quantity": request.GET.get("quantity"), "until_on": on + datetime.timedelta(days=7)}
    return form_page(
        request,
        RequestForm(request.POST or None, item=found, initial=initial),
        services.ask_neighbours,
        member,
        item=found,
        on=on,
        by=request.user,
        page=page,
        done=_("Asked. You are told as soon as somebody answers."),
        to=services.request_url,
    )


@require(Permission.STOCK_VIEW)
def detail(request, pk):
    """What is asked for, who has said what, and the two buttons of a holder."""
    asked, member, on = _request_or_404(request, pk), own_member(request.user), today()
    answers = list(asked.answers.select_related("holder", "loan").order_by("pk"))
    is_own = member is not None and member.pk == asked.member_id
    is_open = asked.is_open(on, asked.promised)
    context = {
        "asked": asked,
        "answers": answers,
        "is_own": is_own,
        "is_open": is_open,
        "may_answer": is_open
        and member is not None
        and not is_own
        and request.user.can(Permission.STOCK_RECORD)
        and member.pk not in {answer.holder_id for answer in answers},
        "events": audit.trail(asked, reader=request.user),
    }
    return render(request, "stock/request.html", context)


@require(Permission.STOCK_RECORD)
def answer_yes(request, pk):
    asked, member, on = _request_or_404(request, pk), own_member(request.user), today()
    page = FormPage(
        title=_("Yes, I lend some"),
        action=_("Yes, I hand it over"),
        crumbs=_crumbs(asked),
        lead=_("{member} needs {quantity} until {day}.").format(
            member=asked.member.name, quantity=named(asked.open, asked.item), day=long_date(asked.until_on)
        ),
        instead=(_("I cannot lend it now"), reverse("stock:answer-no", args=[pk])),
        unavailable=None if member else Unavailable(_("No workshop belongs to this login")),
    )
    return form_page(
        request,
        YesForm(request.POST or None, item=asked.item, as_of=on, initial={"quantity": max(asked.open, 0) or None}),
        services.answer_yes,
        asked,
        member,
        on=on,
        by=request.user,
        page=page,
        done=_("Recorded. It counts when the other side confirms."),
        to=lambda made: reverse("stock:loan", args=[made.pk]),
    )


@require(Permission.STOCK_RECORD)
def answer_no(request, pk):
    asked, member = _request_or_404(request, pk), own_member(request.user)
    page = FormPage(
        title=_("I cannot lend it now"),
        action=_("No, not now"),
        crumbs=_crumbs(asked),
        lead=_("{member} is told and asks somebody else.").format(member=asked.member.name),
        unavailable=None if member else Unavailable(_("No workshop belongs to this login")),
    )
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.answer_no,
        asked,
        member,
        on=today(),
        by=request.user,
        page=page,
        done=_("Answered. Thank you for saying so."),
        to=reverse("stock:loans"),
    )


@require(Permission.STOCK_RECORD)
def end_request(request, pk):
    asked = get_object_or_404(queries.requests(StockRequest.objects.filter(member__user=request.user)), pk=pk)
    page = FormPage(
        title=_("I do not need it any more"),
        action=_("Take the request back"),
        crumbs=_crumbs(asked),
        lead=_("Nobody can answer it any more. What was lent already stays as it is."),
    )
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.end_request,
        asked,
        on=today(),
        by=request.user,
        page=page,
        done=_("The request is taken back."),
    )
