"""A statute as a paper: every article in force on a day, with the decision behind it."""

import datetime

from django.utils.translation import gettext as _

from core.dates import long_date
from governance.models import ArticleVersion, Statute


def statute_paper(statute: Statute, articles: list[ArticleVersion], *, on: datetime.date) -> dict:
    """The facts for templates/governance/statutes/statute.typ."""
    return {
        "on": on,
        "title": statute.title,
        "lead": _("As in force on {day}.").format(day=long_date(on)),
        "articles": [
            {
                "number": _("Article {number}").format(number=version.article.place),
                "heading": version.heading,
                "paragraphs": version.text.split("\n") if version.text else [_("Repealed.")],
                "source": _("In force from {day}, decided in {number}.").format(
                    day=long_date(version.in_force_from), number=version.decided_in.number
                ),
            }
            for version in articles
        ],
        "empty": _("No article is in force yet."),
    }
