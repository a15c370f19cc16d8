"""Recording what an organ decided."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.services import store
from core.uploads import Upload
from governance.errors import GovernanceRefused
from governance.models import Decision
from governance.services.rows import save


@transaction.atomic
def record_decision(
    *,
    number: str,
    organ: str,
    decided_on: datetime.date,
    title: str,
    text: str,
    by: User,
    paper: Upload | None = None,
) -> Decision:
    """Record what an organ decided (UU 25/1992 art. 23), with the signed paper where there is one. It stays as

    written; every member may read it.
    """
    decision = Decision(
        number=number.strip(), organ=organ, decided_on=decided_on, title=title, text=text, recorded_by=by
    )
    if Decision.objects.filter(number__iexact=decision.number).exists():
        raise GovernanceRefused(
            _("The number {number} is taken by another decision. Look into the minutes again.").format(
                number=decision.number
            ),
            field="number",
        )
    if paper:
        decision.paper = store(paper, by=by)
    save(decision)
    audit.record("decision.recorded", decision, by=by, organ=organ, decided_on=decided_on)
    return decision
