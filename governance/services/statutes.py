"""The statutes: documents, changes of articles proposed to the members, and putting them in force."""

import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit
from core.dates import long_date
from core.models import Topic, User
from core.reversal import given_reason
from governance.errors import GovernanceRefused
from governance.models import Article, ArticleVersion, Decision, DecisionKind, Statute
from governance.services.announcement import tell_members
from governance.services.decision import require
from governance.services.rows import check, save


@transaction.atomic
def record_statute(*, kind: str, title: str, short: str, by: User) -> Statute:
    """Begin a document; its articles are proposed one by one."""
    statute = Statute(kind=kind, title=title.strip(), short=short.strip())
    save(statute)
    audit.record("statute.recorded", statute, by=by)
    return statute


@transaction.atomic
def propose_article(
    statute: Statute,
    *,
    number: int,
    heading: str,
    text: str,
    on: datetime.date,
    by: User,
    suffix: str = "",
    reason: str = "",
) -> ArticleVersion:
    """Propose what an article should say, a new one or a change; an empty text repeals it.

    Everybody reads it; nothing changes before the members have decided. Raises GovernanceRefused while another change
    of the article waits, for a change without a reason, and for a repeal of what is not there.
    """
    statute = Statute.objects.select_for_update(no_key=True).get(pk=statute.pk)
    article = Article.objects.filter(statute=statute, number=number, suffix=suffix).first()
    current = article and article.versions.in_force(on=on).first()
    if current:
        reason = given_reason(reason, GovernanceRefused)
    if not text.strip() and (current is None or current.is_repealed):
        raise GovernanceRefused(_("Write the text. Only an article in force is repealed."), field="text")
    if article is None:
        article = Article(statute=statute, number=number, suffix=suffix)
        save(article)
    draft = ArticleVersion(
        article=article,
        heading=heading.strip(),
        text=text.strip(),
        reason=reason.strip(),
        proposed_on=on,
        proposed_by=by,
    )
    save(draft)
    audit.record("article.proposed", draft, by=by, on=on)
    return draft


@transaction.atomic
def withdraw_article(draft: ArticleVersion, *, on: datetime.date, by: User) -> ArticleVersion:
    """Take a proposed change back; it stays readable."""
    draft = _locked_draft(draft)
    draft.withdrawn_on = on
    draft.save(update_fields=["withdrawn_on"])
    audit.record("article.withdrawn", draft, by=by, on=on)
    return draft


@transaction.atomic
def put_article_in_force(
    draft: ArticleVersion, *, decided_in: Decision, in_force_from: datetime.date, on: datetime.date, by: User
) -> ArticleVersion:
    """Let the proposed text count from a day, as the members decided (UU 25/1992 art. 12).

    By another officer than the one who proposed it. Raises GovernanceRefused for a decision about something else, of
    the wrong organ, and for a day before it.
    """
    draft = _locked_draft(draft)
    if draft.proposed_by_id == by.pk:
        raise GovernanceRefused(_("You proposed this text. Another officer puts it in force."))
    subject = draft.article.statute if decided_in.is_about(draft.article.statute) else draft
    require(decided_in, kind=DecisionKind.STATUTES, subject=subject, on=on, field="decided_in")
    if in_force_from < decided_in.decided_on:
        raise GovernanceRefused(
            _("The decision was taken on {day}. The article starts on that day or later.").format(
                day=long_date(decided_in.decided_on)
            ),
            field="in_force_from",
        )
    draft.decided_in, draft.in_force_from, draft.put_in_force_by = decided_in, in_force_from, by
    check(draft)
    try:
        with transaction.atomic():
            draft.save(update_fields=["decided_in", "in_force_from", "put_in_force_by"])
    except IntegrityError as error:
        raise GovernanceRefused(_("Somebody else has just saved the same. Check the list first.")) from error
    audit.record("article.put_in_force", draft, by=by, decided_in=decided_in)
    page = reverse("governance:article", args=[draft.article_id])
    text = _("The statutes have changed: {article}.").format(article=draft)
    tell_members(Topic.RULES, text, title=_("New article of the statutes"), url=page, on=on, by=by)
    return draft


def _locked_draft(draft: ArticleVersion) -> ArticleVersion:
    rows = ArticleVersion.objects.select_for_update(no_key=True, of=["self"]).select_related("article__statute")
    draft = rows.get(pk=draft.pk)
    if draft.in_force_from or draft.withdrawn_on:
        raise GovernanceRefused(_("This change has ended already. Open it again to see how."))
    return draft
