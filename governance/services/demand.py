"""Members demand an extraordinary meeting; with enough of them, the board has to call it."""

import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.notices import tell_all
from core.permissions import GRANTED, Permission
from governance.errors import GovernanceRefused
from governance.models import Demand, DemandSupport, Meeting
from governance.queries.demand import support as support_of
from governance.services.agenda import add_item
from governance.services.meeting import plan_meeting
from members.models import Member


@transaction.atomic
def demand_meeting(member: Member, *, title: str, text: str, on: datetime.date, by: User) -> Demand:
    """Begin a demand; whoever begins it supports it."""
    _is_member(member, on)
    demand = Demand.objects.create(title=title.strip(), text=text.strip(), member=member, on=on)
    audit.record("demand.begun", demand, by=by)
    support_demand(demand, member, on=on, by=by)
    return demand


@transaction.atomic
def support_demand(demand: Demand, member: Member, *, on: datetime.date, by: User) -> DemandSupport:
    """Support a demand. When enough members do, the officers are told to call the meeting."""
    demand = Demand.objects.select_for_update(no_key=True).get(pk=demand.pk)
    _is_member(member, on)
    if by.pk != member.user_id:
        raise GovernanceRefused(_("Everybody supports a demand with their own login."))
    if demand.meeting_id:
        raise GovernanceRefused(_("The meeting is called already."))
    before = support_of(demand, as_of=on)
    try:
        with transaction.atomic():
            given = DemandSupport.objects.create(demand=demand, member=member, on=on)
    except IntegrityError as error:
        raise GovernanceRefused(_("You support this already.")) from error
    audit.record("demand.supported", demand, by=by, on=on)
    after = support_of(demand, as_of=on)
    if after.is_reached and not before.is_reached:
        roles = [role for role, verbs in GRANTED.items() if Permission.MEETING_RECORD in verbs]
        text = _("{count} members demand an extraordinary meeting: {title}. Call it.").format(
            count=after.count, title=demand.title
        )
        url = reverse("governance:demands")
        tell_all((user, text, url) for user in User.objects.filter(role__in=roles, is_active=True).order_by("pk"))
    return given


@transaction.atomic
def call_demanded(demand: Demand, *, on: datetime.date, place: str, as_of: datetime.date, by: User) -> Meeting:
    """Call the extraordinary meeting that enough members demand, with what it should decide on its agenda."""
    demand = Demand.objects.select_for_update(no_key=True).get(pk=demand.pk)
    if demand.meeting_id:
        raise GovernanceRefused(_("The meeting is called already."))
    found = support_of(demand, as_of=as_of)
    if not found.is_reached:
        raise GovernanceRefused(
            _("{count} of {needed} members support this so far.").format(count=found.count, needed=found.needed)
        )
    kind = Meeting.Kind.EXTRAORDINARY
    meeting = plan_meeting(on=on, kind=kind, place=place, reason=demand.title, as_of=as_of, by=by)
    add_item(meeting, title=demand.title, text=demand.text, by=by)
    demand.meeting = meeting
    demand.save(update_fields=["meeting"])
    return meeting


def _is_member(member: Member, on: datetime.date) -> None:
    if not member.belongs(on=on):
        raise GovernanceRefused(_("Only members demand a meeting."))
