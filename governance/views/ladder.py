"""Letters and the list of reminders in the browser."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import next_meeting, today
from core.documents import pdf
from core.forms import Form
from core.http import download, export, page_of, require, submit
from core.notices import whatsapp
from core.permissions import Permission
from governance import forms, papers, wording
from governance.ladder import LETTERS
from governance.models import Letter
from governance.queries import ladder as queries
from governance.services import ladder as services

# -- who is reminded -------------------------------------------------------------------------------------------------


@require(Permission.CASE_LIST)
def reminders(request):
    """Everything late or due by the next meeting, with the last step and the next; `?format=pdf` or `xlsx` to print."""
    on = today()
    form = forms.OwingForm.asked(request.GET, until=next_meeting(on))
    rows = queries.owing(as_of=on, **form.facts)
    if request.GET.get("format") == "xlsx":
        return export(_("reminders"), papers.reminders_sheet(rows, until=form.facts["until"], on=on), on=on)
    if request.GET.get("format") == "pdf":
        paper = pdf("governance/reminders.typ", papers.reminders_paper(rows, until=form.facts["until"], on=on))
        return download(paper, f"pengingat-{on.isoformat()}.pdf", inline=True)
    context = {
        "filter": {"form": form},
        "until": form.facts["until"],
        "page": page_of(request, rows),
        "total": queries.total(rows),
        "late": sum(row.is_late for row in rows),
        "words": papers.STEP_WORDS,
    }
    return render(request, "governance/reminders.html", context)


# -- letters ---------------------------------------------------------------------------------------------------------


@require(Permission.CASE_LIST)
def letters(request):
    rows = Letter.objects.visible_to(request.user).select_related("member").order_by("-prepared_on", "-pk")
    found = forms.LetterFilter(request.GET, queryset=rows)
    context = {
        "filter": found,
        "page": page_of(request, found.qs),
        "to_sign": Letter.objects.to_send().count(),
        "to_hand_over": Letter.objects.on_their_way().count(),
    }
    return render(request, "governance/letters.html", context)


@require(Permission.CASE_VIEW)
def letter(request, pk):
    found = _letter(request, pk)
    is_mine = found.member.user_id == request.user.pk
    officer = request.user.can(Permission.LETTER_SEND) and not is_mine
    text = wording.whatsapp(
        LETTERS[found.step - 1], name=found.member.name, title=found.title, amount=found.amount, due_on=found.due_on
    )
    context = {
        "letter": found,
        "is_mine": is_mine,
        "paragraphs": papers.paragraphs(found),
        "may_sign": officer and not found.issued_on and not found.withdrawn_on,
        "may_deliver": officer and found.issued_on and not found.delivered_on,
        "may_answer": is_mine and not found.answered_on,
        "whatsapp": whatsapp(found.member.phone, text) if officer and found.issued_on and found.member.phone else "",
        "coming": queries.coming_after(found),
        "words": papers.STEP_WORDS,
    }
    return render(request, "governance/letter.html", context)


@require(Permission.CASE_VIEW)
def letter_pdf(request, pk):
    """The letter on the cooperative's paper; before it is signed, as a draft for the board."""
    found = _letter(request, pk)
    name = f"{found.number or f'konsep-SP-{found.step}'}.pdf"
    return download(pdf("governance/letter.typ", papers.letter_paper(found, on=today())), name, inline=True)


@require(Permission.LETTER_SEND)
def sign(request, pk):
    found = _letter(request, pk)
    form = Form(request.POST or None)
    if form.is_valid() and (signed := submit(form, services.sign, found, on=today(), by=request.user)):
        text = _("Letter {number} is signed. Print it and hand it over.")
        messages.success(request, text.format(number=signed.number))
        return redirect("governance:letter", found.pk)
    return render(request, "governance/sign.html", {"letter": found, "form": form})


@require(Permission.LETTER_SEND)
def sign_all(request):
    """The letters that wait, signed together: those whose debt has come in meanwhile are left out."""
    form = forms.SignForm(request.POST or None, by=request.user)
    if form.is_valid():
        chosen = form.cleaned_data["letters"]
        if signed := submit(form, services.sign_all, chosen, on=today(), by=request.user):
            count, left = len(signed), len(chosen) - len(signed)
            text = ngettext("{count} letter is signed.", "{count} letters are signed.", count).format(count=count)
            if left:
                rest = ngettext(
                    "{count} is not needed any more and left out.",
                    "{count} are not needed any more and left out.",
                    left,
                )
                text = f"{text} {rest.format(count=left)}"
            messages.success(request, text)
            return redirect(reverse("governance:letters") + "?state=on_the_way")
    return render(request, "governance/sign_all.html", {"form": form})


@require(Permission.LETTER_SEND)
def deliver(request, pk):
    found = _letter(request, pk)
    form = forms.DeliveryForm(request.POST or None)
    if form.is_valid() and submit(form, services.record_delivery, found, by=request.user, **form.facts):
        messages.success(request, _("It is written down that the letter was handed over."))
        return redirect("governance:letter", found.pk)
    return render(request, "governance/deliver.html", {"letter": found, "form": form})


@require(Permission.CASE_VIEW)
def answer(request, pk):
    found = _letter(request, pk)
    if found.member.user_id != request.user.pk:
        raise Http404
    form = forms.LetterAnswerForm(request.POST or None)
    if form.is_valid() and submit(form, services.answer_letter, found, on=today(), by=request.user, **form.facts):
        messages.success(request, _("Your answer is with the board. Thank you."))
        return redirect("governance:letter", found.pk)
    return render(request, "governance/answer_letter.html", {"letter": found, "form": form})


def _letter(request, pk):
    rows = Letter.objects.visible_to(request.user).select_related("member__user", "issued_by", "delivery_recorded_by")
    return get_object_or_404(rows.select_related("ladder__rules__decided_in", "ladder__case"), pk=pk)
