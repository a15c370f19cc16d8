"""What people do with price lists: drafted, priced, put in force."""

import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import audit
from core.models import Topic, User
from governance.models import Decision, DecisionKind
from governance.queries.agenda import is_before_the_members
from governance.services import require
from governance.services.announcement import tell_members
from pricing import queries
from pricing.models import Item, Price, PriceList
from pricing.services.common import PricingRefused


@transaction.atomic
def draft_list(*, on: datetime.date, by: User) -> PriceList:
    """Start the next list as a copy of the one in force on `on`. Raises PricingRefused while there is a draft."""
    try:
        with transaction.atomic():
            draft = PriceList.objects.create(drafted_on=on, drafted_by=by)
    except IntegrityError as error:
        raise PricingRefused(_("There is a draft already. Finish or discard it first.")) from error
    current = queries.price_list(as_of=on)
    if current:
        Price.objects.bulk_create(
            Price(price_list=draft, item_id=item, amount=amount)
            for item, amount in current.prices.filter(item__is_active=True).values_list("item_id", "amount")
        )
    audit.record("pricelist.drafted", draft, by=by, copied_from=current)
    return draft


@transaction.atomic
def set_prices(draft: PriceList, *, amounts: dict[Item, int | None], version: int, by: User) -> PriceList:
    """Set these amounts in the draft; None removes the item. Raises PricingRefused on a stale or decided list."""
    draft = _locked_draft(draft, version=version)
    _refuse_before_the_members(draft)
    before = dict(draft.prices.values_list("item_id", "amount"))
    changed = {item: amount for item, amount in amounts.items() if before.get(item.pk) != amount}
    draft.prices.filter(item__in=changed).delete()
    Price.objects.bulk_create(
        Price(price_list=draft, item=item, amount=amount) for item, amount in changed.items() if amount is not None
    )
    draft.version += 1
    # The last person to change the prices counts as the drafter, and cannot decide.
    draft.drafted_by = by
    draft.save(update_fields=["version", "drafted_by"])
    audit.record(
        "pricelist.priced",
        draft,
        by=by,
        count=len(changed),
        prices={item.code: [before.get(item.pk), amount] for item, amount in changed.items()},
    )
    return draft


@transaction.atomic
def discard_draft(draft: PriceList, *, by: User) -> None:
    """Delete a draft; a list in force is never deleted."""
    draft = _locked_draft(draft)
    _refuse_before_the_members(draft)
    audit.record("pricelist.discarded", draft, by=by)
    draft.delete()


@transaction.atomic
def put_in_force(
    draft: PriceList, *, in_force_from: datetime.date, decision: Decision, version: int, by: User
) -> PriceList:
    """Make the draft the list that governs from a day on, as the meeting decided.

    Raises PricingRefused when `by` prepared it, when it starts before the decision, when it holds no price, when
    another list starts on the same day, or when the draft changed since `by` read it.
    """
    draft = _locked_draft(draft, version=version)
    if draft.drafted_by_id == by.pk:
        raise PricingRefused(_("The person who prepared a price list cannot put it in force. Ask another officer."))
    require(decision, kind=DecisionKind.PRICE_LIST, subject=draft, on=max(in_force_from, decision.decided_on))
    if in_force_from < decision.decided_on:
        raise PricingRefused(
            _("The list can start on {day} at the earliest, the day it was decided.").format(
                day=date_format(decision.decided_on, "j F Y")
            ),
            field="in_force_from",
        )
    if not draft.prices.exists():
        raise PricingRefused(_("The draft holds no price yet. Fill it in first."))
    draft.in_force_from, draft.decided_in, draft.decided_by = in_force_from, decision, by
    try:
        with transaction.atomic():
            draft.save(update_fields=["in_force_from", "decided_in", "decided_by"])
    except IntegrityError as error:
        raise PricingRefused(
            _("Another list starts on that day already. Choose another day."), field="in_force_from"
        ) from error
    text = _("New prices from {day}, as the members agreed. Read the list.")
    day = date_format(in_force_from, "j F Y")
    url = reverse("pricing:detail", args=[draft.pk])
    facts = {"title": _("New prices"), "url": url, "on": decision.decided_on, "by": by}
    tell_members(Topic.PRICES, text.format(day=day), **facts)
    audit.record("pricelist.decided", draft, by=by, in_force_from=in_force_from, decision=decision)
    return draft


def decided(draft: PriceList, *, decision: Decision, start: datetime.date, on: datetime.date, by: User) -> PriceList:
    """The meeting passed the draft: by one click, from its day. It cannot have changed since."""
    return put_in_force(draft, in_force_from=start, decision=decision, version=draft.version, by=by)


def _locked_draft(draft: PriceList, *, version: int | None = None) -> PriceList:
    locked = PriceList.objects.select_for_update(no_key=True).filter(pk=draft.pk).first()
    if locked is None or locked.in_force_from is not None:
        raise PricingRefused(_("This is no longer a draft: it was put in force or discarded. Look at the lists."))
    if version is not None and locked.version != version:
        raise PricingRefused(_("Somebody else has changed this draft in the meantime. Reload the page and check."))
    return locked


def _refuse_before_the_members(draft: PriceList) -> None:
    if is_before_the_members(draft):
        raise PricingRefused(_("The members are voting on this draft or have passed it. It stays as they read it."))
