"""Partners: added and corrected."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from members.errors import MemberRefused
from members.models import Partner
from members.services import changes
from members.services.rows import refuse_stale, save_once


@transaction.atomic
def record_partner(*, by: User, **facts) -> Partner:
    """Add a buyer, supplier or agency: name, kind, market, city, contact, phone, since_on."""
    partner = Partner(**facts)
    _refuse_buyer_without_market(partner)
    save_once(partner)
    audit.record("partner.recorded", partner, by=by, kind=partner.kind, market=partner.market)
    return partner


@transaction.atomic
def correct_partner(partner: Partner, *, version: int, by: User, **facts) -> Partner:
    """Correct what is known about a partner. Raises MemberRefused for a stale page."""
    partner = Partner.objects.select_for_update(no_key=True).get(pk=partner.pk)
    refuse_stale(partner, version)
    changed = changes.make(partner, facts)
    _refuse_buyer_without_market(partner)
    if changed:
        save_once(partner)
        audit.record("partner.corrected", partner, by=by, **changes.facts(partner, changed))
    return partner


def _refuse_buyer_without_market(partner: Partner) -> None:
    if partner.kind == Partner.Kind.BUYER and not partner.market:
        raise MemberRefused(_("Choose where this buyer sells: local, national or export."), field="market")
