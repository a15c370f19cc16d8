"""The statutes in the browser: for every member to read, for two officers to change by decision."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit
from core.dates import today
from core.documents import pdf
from core.forms import ConfirmationForm
from core.http import download, require
from core.pages import FormPage, crumbs, form_page
from core.permissions import Permission
from governance.forms.statutes import ArticleForm, ArticleInForceForm, StatuteForm
from governance.models import Article, ArticleVersion, Statute
from governance.papers.statutes import statute_paper
from governance.queries import statutes as queries
from governance.services import statutes as services


@require(Permission.STATUTES_VIEW)
def statutes(request):
    """The documents, what is proposed, and who decides which act."""
    context = {
        "statutes": queries.statutes(on=today()),
        "drafts": ArticleVersion.objects.drafts().select_related("article__statute").order_by("proposed_on", "pk"),
        "requirements": queries.requirements(on=today()),
    }
    return render(request, "governance/statutes/statutes.html", context)


@require(Permission.STATUTES_VIEW)
def statute(request, pk):
    """One document with all articles in force; `?format=pdf` to print."""
    found = get_object_or_404(Statute, pk=pk)
    articles = queries.articles(found, on=today())
    if request.GET.get("format") == "pdf":
        paper = pdf("governance/statutes/statute.typ", statute_paper(found, articles, on=today()))
        return download(paper, f"{found.short}.pdf", inline=True)
    return render(request, "governance/statutes/statute.html", {"statute": found, "articles": articles})


@require(Permission.STATUTES_VIEW)
def article(request, pk):
    """An article with all its versions, each beside the one before, and what rests on it."""
    found = get_object_or_404(Article.objects.select_related("statute"), pk=pk)
    versions = list(
        found.versions.select_related("decided_in", "proposed_by").order_by("in_force_from", "proposed_on", "pk")
    )
    context = {
        "article": found,
        "versions": list(reversed(versions)),
        "in_force": found.versions.in_force(on=today()).first(),
        "acts": found.acts.order_by("act", "in_force_from"),
        "decisions": found.decisions.order_by("-decided_on", "-pk")[:20],
        "events": audit.trail(*versions, reader=request.user),
    }
    return render(request, "governance/statutes/article.html", context)


@require(Permission.STATUTES_CHANGE)
def record_statute(request):
    return form_page(
        request,
        StatuteForm(request.POST or None),
        services.record_statute,
        by=request.user,
        done=lambda made: _("{title} is recorded. Propose its articles now.").format(title=made),
        to=lambda made: reverse("governance:statute", args=[made.pk]),
        page=FormPage(
            title=_("New statute"),
            lead=_("A special regulation, or the AD and ART when they are entered for the first time."),
            action=_("Save the statute"),
            crumbs=_crumbs(),
        ),
    )


@require(Permission.STATUTES_CHANGE)
def propose_article(request, pk):
    """A new article, or a change of the one that `?article=` names."""
    found = get_object_or_404(Statute, pk=pk)
    initial = {}
    if request.GET.get("article", "").isdigit():
        changed = get_object_or_404(Article, statute=found, pk=request.GET["article"])
        initial = {"number": changed.number, "suffix": changed.suffix}
        if current := changed.versions.in_force(on=today()).first():
            initial |= {"heading": current.heading, "text": current.text}
    return form_page(
        request,
        ArticleForm(request.POST or None, initial=initial),
        services.propose_article,
        found,
        on=today(),
        by=request.user,
        done=_("The text is proposed. Every member can read it; nothing changes before it is decided."),
        to=lambda draft: reverse("governance:article", args=[draft.article_id]),
        page=FormPage(
            title=_("Propose an article"),
            lead=_("The statutes are changed by the members' meeting only (UU 25/1992 art. 12 and 23)."),
            action=_("Propose the text"),
            crumbs=_crumbs((found.short, "governance:statute", found.pk)),
            draft=f"article-{found.pk}",
        ),
    )


@require(Permission.STATUTES_CHANGE)
def put_article_in_force(request, pk):
    draft = _draft(pk)
    return form_page(
        request,
        ArticleInForceForm(request.POST or None, draft=draft, on=today(), initial={"in_force_from": today()}),
        services.put_article_in_force,
        draft,
        on=today(),
        by=request.user,
        done=lambda version: _("{article} is in force.").format(article=version),
        page=lambda: FormPage(
            title=_("Put {article} in force").format(article=draft.article),
            action=_("Put in force"),
            facts=[(_("Heading"), draft.heading), (_("Proposed by"), draft.proposed_by.name)],
            consequences=[
                _("The article reads so from that day. The text before it stays readable."),
                _("It is never edited; another change is another decision."),
            ],
            crumbs=_crumbs_of(draft),
        ),
    )


@require(Permission.STATUTES_CHANGE)
def withdraw_article(request, pk):
    draft = _draft(pk)
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.withdraw_article,
        draft,
        on=today(),
        by=request.user,
        done=_("The proposed text is withdrawn. It stays readable."),
        page=lambda: FormPage(
            title=_("Withdraw the proposed text"), danger=True, action=_("Take back"), crumbs=_crumbs_of(draft)
        ),
    )


def _draft(pk) -> ArticleVersion:
    rows = ArticleVersion.objects.select_related("article__statute", "proposed_by")
    return get_object_or_404(rows, pk=pk)


def _crumbs(*more):
    return crumbs((_("Statutes"), "governance:statutes"), *more)


def _crumbs_of(draft):
    return _crumbs((str(draft.article), "governance:article", draft.article_id))
