"""What the statutes say on a day: their articles, and who decides which act."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.money import format_percent
from governance import acts
from governance.models import ActRules, Article, ArticleVersion, Decision, DecisionKind, Statute


@dataclass(frozen=True)
class Requirement:
    """What one kind of act needs: the organ, the quorum, the majority, and where that is written."""

    kind: str
    organ: str
    quorum_bp: int = 0
    second_quorum_bp: int = 0
    majority: str = ActRules.Majority.SIMPLE
    article: Article | None = None
    law: str = ""

    @property
    def act(self) -> str:
        return str(DecisionKind(self.kind).label)

    @property
    def organ_name(self) -> str:
        return str(Decision.Organ(self.organ).label)

    @property
    def majority_name(self) -> str:
        return str(ActRules.Majority(self.majority).label)

    @property
    def source(self) -> str:
        """Where it stands: the article of the statutes, else of the law."""
        return str(self.article or self.law)

    @property
    def quorum(self) -> str:
        return format_percent(self.quorum_bp) if self.quorum_bp else _("none")

    def may_decide(self, organ: str) -> bool:
        return acts.reaches(organ, self.organ)

    def is_quorate(self, *, entitled: int, present: int, second_call: bool = False) -> bool:
        quorum = self.second_quorum_bp if second_call else self.quorum_bp
        return acts.is_quorate(quorum, entitled=entitled, present=present)

    def is_carried(self, *, in_favour: int, against: int, by_consensus: bool = False) -> bool:
        if by_consensus:
            return not against
        return acts.is_carried(self.majority, in_favour=in_favour, against=against)


def requirement(kind: str, *, on: datetime.date) -> Requirement:
    """What this kind of act needs on the day: the statutes in force, or the law alone."""
    rules = ActRules.objects.filter(act=kind).select_related("article__statute")
    return _of(kind, rules.filter(in_force_from__lte=on).order_by("-in_force_from").first())


def requirements(*, on: datetime.date) -> list[Requirement]:
    """The same for every kind of act; one query."""
    rows = ActRules.objects.filter(in_force_from__lte=on).order_by("act", "-in_force_from").distinct("act")
    found = {row.act: row for row in rows.select_related("article__statute")}
    return [_of(kind, found.get(kind)) for kind in DecisionKind.values]


def _of(kind: str, rules: ActRules | None) -> Requirement:
    least = acts.legal_minimum(kind)
    if rules is None:
        return Requirement(kind, least.organ, law=least.article)
    return Requirement(
        kind,
        rules.organ,
        quorum_bp=rules.quorum_bp,
        second_quorum_bp=rules.second_quorum_bp,
        majority=rules.majority,
        article=rules.article,
        law=least.article,
    )


def statutes(*, on: datetime.date) -> list[tuple[Statute, list[ArticleVersion]]]:
    """Every document with the text of its articles on the day, in their order; two queries."""
    texts: dict[int, list[ArticleVersion]] = {}
    for version in _in_order(ArticleVersion.objects.in_force(on=on)):
        texts.setdefault(version.article.statute_id, []).append(version)
    return [(statute, texts.get(statute.pk, [])) for statute in Statute.objects.order_by("pk")]


def articles(statute: Statute, *, on: datetime.date) -> list[ArticleVersion]:
    return _in_order(ArticleVersion.objects.in_force(on=on).filter(article__statute=statute))


def _in_order(versions) -> list[ArticleVersion]:
    rows = versions.select_related("article__statute", "decided_in")
    return sorted(rows, key=lambda row: (row.article.statute_id, row.article.number, row.article.suffix))
