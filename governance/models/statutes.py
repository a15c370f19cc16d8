"""The statutes: articles of association (AD), by-laws (ART), special regulations; and who decides what by them."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.dates import long_date
from core.fields import RateField, who
from core.models import NEVER_DELETED
from governance.acts import MAJORITIES, ORGANS, legal_minimum, reaches
from governance.models.rules import VersionedRules
from governance.models.subject import DecisionKind
from governance.triggers import ARTICLE_BY_DECISION, STATUTES_WITHIN_THE_LAW


class Statute(models.Model):
    """A document with numbered articles. Its articles have dated versions; the document itself is only their cover."""

    class Kind(models.TextChoices):
        ASSOCIATION = "ad", _("articles of association (AD)")
        BY_LAWS = "art", _("by-laws (ART)")
        SPECIAL = "special", _("special regulation")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title = models.CharField(_("title"), max_length=120, unique=True)
    short = models.CharField(
        _("short name"), max_length=20, unique=True, help_text=_("As it is cited: AD, ART, Persus Pinjaman.")
    )

    class Meta:
        verbose_name = _("statute")
        constraints = [
            models.CheckConstraint(
                name="governance_statute_kind_known", condition=Q(kind__in=["ad", "art", "special"])
            ),
            models.UniqueConstraint(
                name="governance_statute_one_ad_one_art", fields=["kind"], condition=Q(kind__in=["ad", "art"])
            ),
        ]
        triggers = [pgtrigger.ReadOnly(name="statute_stays", fields=["kind", "title", "short"]), NEVER_DELETED]

    def __str__(self):
        return self.title


class Article(models.Model):
    """A numbered article. The number stays its own, also after it was repealed."""

    statute = models.ForeignKey(Statute, on_delete=models.PROTECT, related_name="articles", verbose_name=_("statute"))
    number = models.PositiveSmallIntegerField(_("article"))
    suffix = models.CharField(_("letter"), max_length=2, blank=True, help_text=_("A for 12A."))

    class Meta:
        verbose_name = _("article")
        ordering = ["statute", "number", "suffix"]
        constraints = [
            models.UniqueConstraint(fields=["statute", "number", "suffix"], name="governance_article_once"),
            models.CheckConstraint(name="governance_article_number_positive", condition=Q(number__gt=0)),
        ]
        triggers = [pgtrigger.ReadOnly(name="article_stays", fields=["statute", "number", "suffix"]), NEVER_DELETED]

    def __str__(self):
        return str(_("{statute} article {number}")).format(statute=self.statute.short, number=self.place)

    @property
    def place(self) -> str:
        return f"{self.number}{self.suffix}"


class ArticleVersionQuerySet(models.QuerySet):
    def drafts(self):
        """Proposed to the members and not decided yet."""
        return self.filter(in_force_from=None, withdrawn_on=None)

    def in_force(self, *, on):
        """The text of each article on the day; a repealed one is among them and says so."""
        started = self.filter(in_force_from__lte=on)
        return started.order_by("article_id", "-in_force_from").distinct("article_id")


class ArticleVersion(models.Model):
    """What an article says from a day on: proposed, decided by the members, and never edited afterwards.

    A repeal is a version without a text.
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="versions", verbose_name=_("article"))
    heading = models.CharField(_("heading"), max_length=160)
    text = models.TextField(_("text"), blank=True)
    reason = models.TextField(_("why"), blank=True)
    proposed_on = models.DateField(_("proposed on"))
    proposed_by = who(verbose_name=_("proposed by"))
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    decided_in = models.ForeignKey(
        "governance.Decision",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="article_versions",
        verbose_name=_("decided in"),
    )
    put_in_force_by = who(null=True, blank=True, verbose_name=_("put in force by"))

    objects = ArticleVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of an article")
        constraints = [
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(in_force_from=None, withdrawn_on=None),
                name="governance_articleversion_one_draft",
                violation_error_message=_("A change of this article is proposed already. Look at that one first."),
            ),
            models.UniqueConstraint(
                fields=["article", "in_force_from"],
                name="governance_articleversion_one_a_day",
                violation_error_message=_("Another version of this article starts on that day already."),
            ),
            models.CheckConstraint(
                name="governance_articleversion_in_force_whole",
                condition=Q(in_force_from=None, decided_in=None, put_in_force_by=None)
                | Q(
                    in_force_from__isnull=False,
                    decided_in__isnull=False,
                    put_in_force_by__isnull=False,
                    withdrawn_on=None,
                ),
            ),
            models.CheckConstraint(
                name="governance_articleversion_four_eyes",
                condition=Q(put_in_force_by=None) | ~Q(put_in_force_by=F("proposed_by")),
                violation_error_message=_("You proposed this text. Another officer puts it in force."),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="text_stays", fields=["article", "heading", "text", "reason", "proposed_on", "proposed_by"]
            ),
            pgtrigger.Protect(
                name="in_force_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__in_force_from__isnull=False),
            ),
            NEVER_DELETED,
            ARTICLE_BY_DECISION,
        ]

    def __str__(self):
        if self.in_force_from is None:
            return str(_("draft of {article}")).format(article=self.article)
        return str(_("{article}, from {day}")).format(article=self.article, day=long_date(self.in_force_from))

    @property
    def is_repealed(self) -> bool:
        return not self.text


class ActRules(VersionedRules):
    """Who decides one kind of act, with what quorum and majority: what the statutes say, by dated rows.

    Without a row the law alone holds: its lowest organ, the majority of the votes, no quorum (`governance.acts`).
    """

    class Majority(models.TextChoices):
        SIMPLE = "simple", _("more than half of the votes")
        TWO_THIRDS = "two_thirds", _("two thirds of the votes")
        THREE_QUARTERS = "three_quarters", _("three quarters of the votes")

    class Organ(models.TextChoices):
        BOARD = "board", _("board meeting")
        MEMBERS_MEETING = "members_meeting", _("members' meeting")
        ANNUAL_MEETING = "annual_meeting", _("annual meeting (RAT)")

    kind_of_act = DecisionKind.STATUTES

    in_force_from = models.DateField(_("in force from"))
    act = models.CharField(_("act"), max_length=20, choices=DecisionKind)
    organ = models.CharField(_("decided by"), max_length=20, choices=Organ)
    quorum_bp = RateField(
        _("quorum"), default=5_000, help_text=_("At least this part of those who may vote must be present.")
    )
    second_quorum_bp = RateField(
        _("quorum of a second meeting"), default=0, help_text=_("After a meeting that failed for want of a quorum.")
    )
    majority = models.CharField(_("majority"), max_length=15, choices=Majority, default=Majority.SIMPLE)
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, null=True, blank=True, related_name="acts", verbose_name=_("article")
    )

    class Meta(VersionedRules.Meta):
        verbose_name = _("rules about who decides")
        constraints = [
            models.UniqueConstraint(fields=["act", "in_force_from"], name="governance_actrules_one_a_day"),
            models.CheckConstraint(name="governance_actrules_act_known", condition=Q(act__in=DecisionKind.values)),
            models.CheckConstraint(name="governance_actrules_organ_known", condition=Q(organ__in=ORGANS)),
            models.CheckConstraint(
                name="governance_actrules_majority_known", condition=Q(majority__in=list(MAJORITIES))
            ),
            models.CheckConstraint(
                name="governance_actrules_quorum_in_range",
                condition=Q(quorum_bp__lte=10_000, second_quorum_bp__lte=F("quorum_bp")),
                violation_error_message=_("At most 100 percent, and the second quorum is not above the first."),
            ),
        ]
        triggers = [*VersionedRules.Meta.triggers, STATUTES_WITHIN_THE_LAW]

    def __str__(self):
        return f"{self.get_act_display()} {long_date(self.in_force_from)}"

    def beyond_the_law(self, law):
        least = legal_minimum(self.act)
        if reaches(self.organ, least.organ):
            return None
        return "organ", str(_("The law leaves this to the {organ} at least ({article}). Choose that organ.")).format(
            organ=self.Organ(least.organ).label, article=least.article
        )
