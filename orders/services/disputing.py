"""Where the two sides of a handover do not agree: the board talks with both."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from governance import services as governance
from governance.models import Case
from orders import queries
from orders.models import Claim
from orders.services.board import locked_claim
from orders.services.common import OrdersRefused, claim_page


@transaction.atomic
def dispute(claim: Claim, *, text: str, on: datetime.date, by: User) -> Case:
    """Either side asks the board to look at the handover: a case about the other side, with this page behind it.

    Raises OrdersRefused for anybody else, without a word of what is wrong, and while a case about it is open.
    """
    claim = locked_claim(claim)
    maker, holder = claim.member, claim.surplus.line.order.member
    if by.pk not in (maker.user_id, holder.user_id):
        raise OrdersRefused(_("Only {maker} and {holder} can do this.").format(maker=maker.name, holder=holder.name))
    if not text.strip():
        raise OrdersRefused(_("Write what you do not agree on, so that the board can prepare."), field="text")
    if queries.disputes(claim, as_of=on).exists():
        raise OrdersRefused(_("The board has this case already and will talk with both of you."))
    other = holder if by.pk == maker.user_id else maker
    case = governance.open_case(
        other,
        kind=Case.Kind.HANDOVER,
        title=_("Handover of {item}, order {order}").format(
            item=claim.surplus.line.item, order=claim.surplus.line.order
        ),
        text=text.strip(),
        url=claim_page(claim),
        on=on,
        by=by,
    )
    audit.record("handover.disputed", claim, by=by, case=case.number)
    return case
