"""Voting: by consensus, by counted hands, by ballot on the phone, open or secret; and what the votes come to.

One member, one vote, in person.
"""

from dataclasses import dataclass, field

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.permissions import Permission
from governance import ballot
from governance.errors import GovernanceRefused
from governance.models import AgendaItem, BallotBox, Candidate, MeetingRules, Vote
from governance.queries import vote as queries
from governance.queries.attendance import quorum
from governance.queries.statutes import requirement
from governance.services.agenda import locked, take_over
from members.models import Member

State, How, Choice = AgendaItem.State, AgendaItem.How, Vote.Choice


@dataclass
class Count:
    """What a vote came to; `candidates` for an election, `in_favour` for everything else."""

    against: int = 0
    abstained: int = 0
    in_favour: int = 0
    candidates: dict[int, int] = field(default_factory=dict)

    @property
    def cast(self) -> int:
        return self.against + self.abstained + self.in_favour + sum(self.candidates.values())


@transaction.atomic
def start_vote(item: AgendaItem, *, how: str, by: User) -> AgendaItem:
    """Open the ballot on the phones of those who are present. One vote at a time."""
    item = locked(item)
    _ready(item)
    if how not in AgendaItem.ON_PHONE:
        raise GovernanceRefused(_("Choose an open or a secret ballot."), field="how")
    if item.is_election and not item.candidates.exists():
        raise GovernanceRefused(_("Nobody stands for this office yet. Name the candidates first."))
    if item.meeting.items.filter(state=State.VOTING).exists():
        raise GovernanceRefused(_("Another vote is running. Count it first."))
    item.state, item.how = State.VOTING, how
    item.save(update_fields=["state", "how"])
    if item.is_secret:
        salt = ballot.new_salt()
        sums = [0] * len(queries.choices(item))
        BallotBox.objects.create(item=item, salt=salt, sealed=ballot.seal(sums, salt=salt))
    audit.record("vote.started", item, by=by, how=how)
    return item


@transaction.atomic
def cast(item: AgendaItem, member: Member, *, choice: str, by: User) -> Vote:
    """Vote once: `choice` is "for", "against", "abstain", or the key of a candidate.

    By the member's own login, or at the booth of an officer, who hands a device to a member without a phone. A secret
    choice goes into the sealed box and is written nowhere else.
    """
    if by.pk != member.user_id and not by.can(Permission.MEETING_RECORD):
        raise GovernanceRefused(_("Nobody votes for another (one member, one vote)."))
    item = AgendaItem.objects.select_related("meeting").get(pk=item.pk)
    if not item.is_voting or item.how not in AgendaItem.ON_PHONE:
        raise GovernanceRefused(_("This vote is not open, or it is over."))
    attendance = item.meeting.attendances.filter(member=member).first()
    if attendance is None:
        raise GovernanceRefused(_("Only who is present votes. Check in first."))
    if attendance.asked:
        raise GovernanceRefused(_("An officer has to see you first: this phone has checked in somebody else too."))
    known = queries.choices(item)
    if choice not in known:
        raise GovernanceRefused(_("Choose one of the answers."), field="choice")
    vote = Vote(item=item, attendance=attendance)
    if not item.is_secret:
        vote.candidate_id = int(choice) if choice.isdigit() else None
        vote.choice = Choice.FOR if choice.isdigit() else choice
    try:
        with transaction.atomic():
            vote.save(force_insert=True)
    except IntegrityError as error:
        if "governance_vote_once" in str(error):
            raise GovernanceRefused(_("You have voted already. Your vote counts once.")) from error
        raise GovernanceRefused(_("This vote is not open, or it is over.")) from error
    if item.is_secret:
        _into_the_box(item, known.index(choice))
    return vote


def _into_the_box(item: AgendaItem, place: int) -> None:
    box = BallotBox.objects.select_for_update(no_key=True).get(item=item)
    sums = ballot.unseal(box.sealed, salt=box.salt)
    sums[place] += 1
    box.sealed = ballot.seal(sums, salt=box.salt)
    box.save(update_fields=["sealed"])


@transaction.atomic
def count_votes(item: AgendaItem, *, by: User) -> AgendaItem:
    """End the ballot and count it. Votes that arrive later are refused; the box of a secret one is emptied."""
    item = locked(item)
    if not item.is_voting:
        raise GovernanceRefused(_("There is no vote to count."))
    count = _from_the_box(item) if item.is_secret else _from_the_votes(item)
    return _settle(item, count, by=by)


def _from_the_box(item: AgendaItem) -> Count:
    box = BallotBox.objects.get(item=item)
    sums = dict(zip(queries.choices(item), ballot.unseal(box.sealed, salt=box.salt), strict=True))
    box.delete()
    if not BallotBox.objects.exists():
        with connection.cursor() as cursor:  # not even earlier versions of the row stay on the disk
            cursor.execute("TRUNCATE governance_ballotbox")
    count = Count(
        in_favour=sums.pop(Choice.FOR, 0), against=sums.pop(Choice.AGAINST), abstained=sums.pop(Choice.ABSTAIN)
    )
    count.candidates = {int(key): votes for key, votes in sums.items()}
    if count.cast != item.votes.count():
        raise GovernanceRefused(_("The box and the list of those who voted differ. Withdraw the item and vote again."))
    return count


def _from_the_votes(item: AgendaItem) -> Count:
    count = Count(candidates={candidate.pk: 0 for candidate in item.candidates.all()} if item.is_election else {})
    for choice, candidate in item.votes.values_list("choice", "candidate"):
        if candidate:
            count.candidates[candidate] += 1
        else:
            name = {Choice.FOR: "in_favour", Choice.AGAINST: "against", Choice.ABSTAIN: "abstained"}[choice]
            setattr(count, name, getattr(count, name) + 1)
    return count


@transaction.atomic
def record_hands(
    item: AgendaItem,
    *,
    against: int,
    abstained: int,
    by: User,
    in_favour: int = 0,
    candidates: dict[int, int] | None = None,
) -> AgendaItem:
    """Write down the hands, or the slips of paper, as they were counted in the room."""
    item = locked(item)
    _ready(item)
    if item.is_election and set(candidates or {}) != set(item.candidates.values_list("pk", flat=True)):
        raise GovernanceRefused(_("Count the votes of every candidate."))
    count = Count(against=against, abstained=abstained, in_favour=in_favour, candidates=candidates or {})
    if not count.cast:
        raise GovernanceRefused(_("Nobody has voted. Count again, or note that it was talked about."))
    item.how = How.HANDS
    return _settle(item, count, by=by)


@transaction.atomic
def record_consensus(item: AgendaItem, *, by: User, candidate: Candidate | None = None) -> AgendaItem:
    """Everybody agrees (UU 25/1992 art. 24: deliberation first, a vote where it fails)."""
    item = locked(item)
    _ready(item)
    item.how = How.CONSENSUS
    if item.is_election:
        if candidate is None or candidate.item_id != item.pk:
            raise GovernanceRefused(_("Say who was elected."), field="candidate")
        present = quorum(item.meeting).present
        votes = {each.pk: present if each == candidate else 0 for each in item.candidates.all()}
        return _settle(item, Count(candidates=votes), by=by)
    return _settle(item, Count(in_favour=quorum(item.meeting).present), by=by)


# -- what a vote comes to --------------------------------------------------------------------------------------------


def _ready(item: AgendaItem) -> None:
    """The item waits, the meeting is open, and enough members are present for an act of this kind."""
    meeting = item.meeting
    if not meeting.is_open:
        raise GovernanceRefused(_("The meeting is not open."))
    if item.state != State.WAITING:
        raise GovernanceRefused(_("This item is settled already, or its vote is running."))
    needs = requirement(item.kind, on=meeting.on)
    if not needs.may_decide(meeting.organ):
        raise GovernanceRefused(
            _("This is decided by the {organ} ({article}). Talk about it, and put it on that agenda.").format(
                organ=needs.organ_name, article=needs.source
            )
        )
    found = quorum(meeting, item.kind)
    if not found.is_reached:
        raise GovernanceRefused(
            _("No quorum: {present} of {entitled} members are present, {needed} are needed for this.").format(
                present=found.present, entitled=found.entitled, needed=found.needed
            )
        )


def _settle(item: AgendaItem, count: Count, *, by: User) -> AgendaItem:
    found = quorum(item.meeting, item.kind)
    if count.cast > found.present:
        raise GovernanceRefused(_("There are more votes than members present. Count again."))
    rules = MeetingRules.objects.current(item.meeting.on)
    outcome = _election(item, count, rules) if item.is_election else _motion(item, count)
    item.state, runners = outcome
    item.entitled, item.present = found.entitled, found.present
    item.in_favour, item.against, item.abstained = count.in_favour, count.against, count.abstained
    item.save()
    facts = {"in_favour": item.in_favour, "against": item.against, "abstained": item.abstained, "how": item.how}
    audit.record("vote.counted", item, by=by, outcome=str(item.get_state_display()), **facts)
    if item.state == State.TIED and (runners or rules.tie == MeetingRules.Tie.REPEATED):
        take_over(item, item.meeting, candidates=runners)
    return item


def _motion(item: AgendaItem, count: Count) -> tuple[str, list[Candidate]]:
    consensus = item.how == How.CONSENSUS
    needs = requirement(item.kind, on=item.meeting.on)
    if needs.is_carried(in_favour=count.in_favour, against=count.against, by_consensus=consensus):
        return State.PASSED, []
    return State.TIED if count.in_favour == count.against and count.in_favour else State.REJECTED, []


def _election(item: AgendaItem, count: Count, rules: MeetingRules) -> tuple[str, list[Candidate]]:
    """The winner, or a tie with those who stand in the run-off. Writes the votes of each candidate."""
    standing = list(item.candidates.select_related("member"))
    for candidate in standing:
        candidate.votes = count.candidates.get(candidate.pk, 0)
    ranked = sorted(standing, key=lambda each: -each.votes)
    best = ranked[0].votes
    first = [each for each in ranked if each.votes == best]
    others = sum(each.votes for each in ranked) - best
    half = rules.election == MeetingRules.Election.HALF
    carried = requirement(item.kind, on=item.meeting.on).is_carried(
        in_favour=best, against=count.against, by_consensus=item.how == How.CONSENSUS
    )
    state, runners = State.REJECTED, []
    if best and carried and len(first) > 1:
        state, runners = State.TIED, first
    elif best and carried and half and best <= others + count.against:
        # Two go on; where several share the second place, all of them do.
        state, runners = State.TIED, [each for each in ranked if each.votes >= ranked[1].votes]
    elif best and carried:
        state = State.PASSED
        first[0].is_elected = True
        count.in_favour = best
    Candidate.objects.bulk_update(standing, ["votes", "is_elected"])
    return state, runners
