"""Letters in the browser."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import today
from core.documents import pdf
from core.forms import ConfirmationForm
from core.http import download, page_of, require, submit
from core.notices import whatsapp
from core.pages import FormPage, crumbs, form_page
from core.permissions import Permission
from governance.forms.letter import DeliveryForm, LetterAnswerForm, LetterFilter, SignForm
from governance.ladder import LETTERS
from governance.models import Letter
from governance.notifications import whatsapp_text
from governance.papers.ladder import STEP_WORDS
from governance.papers.letter import letter_paper, paragraphs
from governance.queries.letter import coming_after, may
from governance.services import letter as services

# -- who is reminded -------------------------------------------------------------------------------------------------


# -- letters ---------------------------------------------------------------------------------------------------------


@require(Permission.CASE_LIST)
def letters(request):
    rows = Letter.objects.visible_to(request.user).select_related("member").order_by("-prepared_on", "-pk")
    found = LetterFilter(request.GET, queryset=rows)
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
    can = may(found, request.user)
    text = whatsapp_text(
        LETTERS[found.step - 1], name=found.member.name, title=found.title, amount=found.amount, due_on=found.due_on
    )
    context = {
        "letter": found,
        "is_mine": found.member.user_id == request.user.pk,
        "paragraphs": paragraphs(found),
        "can": can,
        "whatsapp": whatsapp(found.member.phone, text) if can["send"] and found.member.phone else "",
        "coming": coming_after(found),
        "words": STEP_WORDS,
    }
    return render(request, "governance/letter.html", context)


@require(Permission.CASE_VIEW)
def letter_pdf(request, pk):
    """The letter on the cooperative's paper; before it is signed, as a draft for the board."""
    found = _letter(request, pk)
    name = f"{found.number or f'konsep-SP-{found.step}'}.pdf"
    return download(pdf("governance/letter.typ", letter_paper(found, on=today())), name, inline=True)


@require(Permission.LETTER_SEND)
def sign(request, pk):
    found = _letter(request, pk)
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.sign,
        found,
        on=today(),
        by=request.user,
        done=lambda letter: _("Letter {number} is signed. Print it and hand it over.").format(number=letter.number),
        page=FormPage(
            title=_("Sign letter {step} to {name}").format(step=found.step, name=found.member.name),
            lead=_("Have you talked with the member already? A visit often does more than a letter."),
            action=_("Sign the letter"),
            crumbs=crumbs(
                (_("Letters"), "governance:letters"),
                (_("Letter {step}").format(step=found.step), "governance:letter", found.pk),
            ),
            facts=[(found.title, found.amount)],
            consequences=[
                _("The letter gets its number and can no longer be changed."),
                _("The member is notified and can read it in the application."),
                _("The next interval counts from the day you record the hand-over."),
            ],
        ),
    )


@require(Permission.LETTER_SEND)
def sign_all(request):
    """The letters that wait, signed together: those whose debt has come in meanwhile are left out."""
    form = SignForm(request.POST or None, by=request.user)
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
    return render(request, "governance/sign_letters.html", {"form": form})


@require(Permission.LETTER_SEND)
def deliver(request, pk):
    found = _letter(request, pk)
    return form_page(
        request,
        DeliveryForm(request.POST or None),
        services.record_delivery,
        found,
        by=request.user,
        done=_("The hand-over of the letter is recorded."),
        page=FormPage(
            title=_("Record the hand-over"),
            lead=_("The next interval counts from this day."),
            action=_("Keep"),
            crumbs=_crumbs(found),
        ),
    )


@require(Permission.CASE_VIEW)
def answer(request, pk):
    found = _letter(request, pk)
    if found.member.user_id != request.user.pk:
        raise Http404
    return form_page(
        request,
        LetterAnswerForm(request.POST or None),
        services.answer_letter,
        found,
        on=today(),
        by=request.user,
        done=_("Your answer is with the board. Thank you."),
        page=FormPage(
            title=_("Answer the letter"), lead=found.title, action=_("Send the answer"), crumbs=_crumbs(found)
        ),
    )


def _crumbs(letter):
    return crumbs((str(letter), "governance:letter", letter.pk))


def _letter(request, pk):
    rows = Letter.objects.visible_to(request.user).select_related("member__user", "issued_by", "delivery_recorded_by")
    return get_object_or_404(rows.select_related("ladder__rules__decided_in", "ladder__case"), pk=pk)
