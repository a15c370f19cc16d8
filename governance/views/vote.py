"""Votes in the browser: opened and counted by the officers, cast on the member's phone or at the booth."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from core.forms import ConfirmationForm
from core.http import require
from core.pages import FormPage, Unavailable, form_page
from core.permissions import Permission
from governance.forms.vote import BallotForm, BoothForm, ConsensusForm, HandsForm
from governance.models import AgendaItem, Attendance
from governance.queries.vote import has_voted
from governance.services import vote as services
from governance.views.agenda import found_item, step
from governance.views.meeting import crumbs, member_of


@require(Permission.MEETING_RECORD)
def start_vote(request, pk, how):
    if how not in AgendaItem.ON_PHONE:
        raise Http404
    item = found_item(pk)
    secret = how == AgendaItem.How.SECRET
    return step(
        request,
        item,
        ConfirmationForm(request.POST or None),
        services.start_vote,
        title=_("Open a secret vote") if secret else _("Open a vote"),
        consequences=[
            _("Everybody who is present votes once, on the phone or at the booth."),
            _("Who voted is known, what they voted is not.") if secret else _("Everybody can read who voted what."),
        ],
        done=_("The vote is open."),
        facts={"how": how},
    )


@require(Permission.MEETING_RECORD)
def count_votes(request, pk):
    form = ConfirmationForm(request.POST or None)
    return step(
        request,
        found_item(pk),
        form,
        services.count_votes,
        title=_("End the vote and count"),
        consequences=[_("Votes that arrive later are refused.")],
        done=lambda item: _("{title}: {outcome}.").format(title=item.title, outcome=item.get_state_display()),
    )


@require(Permission.MEETING_RECORD)
def record_hands(request, pk):
    item = found_item(pk)
    form = HandsForm(request.POST or None, item=item)
    return step(
        request, item, form, services.record_hands, title=_("Hands counted"), action=_("Save the count"), done=_outcome
    )


@require(Permission.MEETING_RECORD)
def record_consensus(request, pk):
    item = found_item(pk)
    form = ConsensusForm(request.POST or None, item=item)
    title, action = _("Everybody agrees"), _("Record the consensus")
    return step(request, item, form, services.record_consensus, title=title, action=action, done=_outcome)


def _outcome(item: AgendaItem) -> str:
    return _("{title}: {outcome}.").format(title=item.title, outcome=item.get_state_display())


@sensitive_post_parameters("choice")
@require(Permission.MEETING_ATTEND)
def ballot(request, pk):
    """The member's ballot on their own phone; what was ticked stays on the phone while the connection is away."""
    item, me = found_item(pk), member_of(request)
    if me is None:
        raise Http404
    if item.is_voting and has_voted(item, me):
        return redirect("governance:meeting", item.meeting_id)
    unavailable = None if item.is_voting else Unavailable(_("This vote is not open, or it is over."))
    return _ballot(request, item, me, draft=f"vote-{item.pk}", unavailable=unavailable, to=_page(item))


@sensitive_post_parameters("choice")
@require(Permission.MEETING_RECORD)
def booth(request, pk):
    """For members without a phone: an officer says whose turn it is and hands the device over."""
    item = found_item(pk)
    return form_page(
        request,
        BoothForm(request.POST or None, item=item),
        lambda found, attendance, by: attendance,
        item,
        by=request.user,
        page=FormPage(
            title=_("Booth"),
            action=_("Hand over"),
            lead=_("Whose turn is it? Then hand the device over and look away."),
            crumbs=crumbs(item.meeting, evening=True),
        ),
        done="",
        to=lambda attendance: reverse("governance:booth-ballot", args=[item.pk, attendance.pk]),
    )


@sensitive_post_parameters("choice")
@require(Permission.MEETING_RECORD)
def booth_ballot(request, pk, attendance):
    item = found_item(pk)
    row = Attendance.objects.filter(pk=attendance, meeting=item.meeting_id).select_related("member").first()
    if row is None:
        raise Http404
    return _ballot(request, item, row.member, to=reverse("governance:booth", args=[item.pk]))


def _ballot(request, item, member, *, to, draft="", unavailable=None):
    return form_page(
        request,
        BallotForm(request.POST or None, item=item),
        services.cast,
        item,
        member,
        by=request.user,
        page=FormPage(
            title=item.title,
            action=_("Vote"),
            lead=item.text,
            facts=[
                (_("Voter"), member.name),
                (_("Ballot"), _("secret: nobody can see what you choose") if item.is_secret else _("open")),
            ],
            draft=draft,
            unavailable=unavailable,
            crumbs=crumbs(item.meeting),
        ),
        done=_("Thank you, your vote is in. It counts once."),
        to=to,
    )


def _page(item: AgendaItem) -> str:
    return reverse("governance:meeting", args=[item.meeting_id])
