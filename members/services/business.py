"""What is recorded about a member's business."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from members.errors import MemberRefused
from members.models import Business, Member, Skill, WorkerCount
from members.services import changes
from members.services.rows import locked, refuse_stale


@transaction.atomic
def set_business(
    member: Member,
    *,
    name: str,
    address: str,
    rt: str = "",
    rw: str = "",
    products: Iterable[str],
    other_products: str = "",
    since_year: int | None = None,
    version: int = 0,
    by: User,
) -> Business:
    """Describe a member's home business, for the first time (`version` 0) or anew.

    Raises MemberRefused when somebody else wrote it since the page was opened.
    """
    member = locked(member)
    business = Business.objects.filter(member=member).first() or Business(member=member, version=0, products=[])
    refuse_stale(business, version)
    is_new = business.pk is None
    changed = changes.make(
        business,
        {
            "name": name,
            "address": address,
            "rt": rt,
            "rw": rw,
            "products": sorted(products),
            "other_products": other_products,
            "since_year": since_year,
        },
    )
    if changed:
        business.save()
        action = "business.described" if is_new else "business.corrected"
        audit.record(action, member, by=by, business=business.name, **changes.facts(business, changed))
    return business


@transaction.atomic
def count_workers(business: Business, *, on: datetime.date, family: int, hired: int, by: User) -> WorkerCount:
    """How many work in the business from `on`: the owner and the family, paid or not, and who is hired.

    A second count of the same day replaces the first.
    """
    locked(business.member)
    if family + hired == 0:
        raise MemberRefused(_("Somebody works there: count the owner as family."), field="family")
    count = WorkerCount.objects.filter(business=business, counted_on=on).first()
    before = str(count) if count else None
    count = count or WorkerCount(business=business, counted_on=on)
    count.family, count.hired = family, hired
    count.save()
    audit.record(
        "business.workers_counted",
        business.member,
        by=by,
        on=on,
        family=family,
        hired=hired,
        before=before,
        size_class=str(count.size_class.label),
    )
    return count


@transaction.atomic
def set_skills(business: Business, *, skills: Iterable[str], by: User) -> Business:
    """What the people of this business can do, by name; a new name becomes a skill that others can be given too."""
    locked(business.member)
    before = sorted(skill.name for skill in business.skills.all())
    found = [_skill(" ".join(name.split())) for name in skills if name.strip()]
    business.skills.set(found)
    after = sorted({skill.name for skill in found})
    if before != after:
        audit.record("business.skills_set", business.member, by=by, skills=", ".join(after) or "–", before=before)
    return business


def _skill(name: str) -> Skill:
    return Skill.objects.filter(name__iexact=name).first() or Skill.objects.create(name=name)
