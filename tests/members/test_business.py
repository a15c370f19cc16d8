"""A member's business."""

import datetime

from core.models import AuditEvent
from members import services
from tests.builders import a_business, a_member

MONDAY, TUESDAY, WEDNESDAY = (datetime.date(2025, 1, day) for day in (6, 7, 8))


def test_a_second_count_of_a_day_replaces_the_first_and_the_trail_keeps_both(secretary):
    business = a_business(a_member())
    services.count_workers(business, on=MONDAY, family=2, hired=2, by=secretary)
    services.count_workers(business, on=MONDAY, family=2, hired=3, by=secretary)
    assert business.worker_counts.get().workers == 5
    facts = [event.facts for event in AuditEvent.objects.filter(action="business.workers_counted").order_by("pk")]
    assert [(fact["before"], fact["size_class"]) for fact in facts] == [(None, "mikro"), ("4", "kecil")]
