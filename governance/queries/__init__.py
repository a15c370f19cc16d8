"""Answers of the house, as at a date."""

from governance.queries.cases import open_cases, sanction, sanctions
from governance.queries.deciding import (
    Rules,
    Term,
    Version,
    in_force_beside,
    kind_named,
    kinds,
    name_of,
    overview,
    rules,
    set_by,
    show,
    term_fields,
    terms,
)
from governance.queries.offices import offices

__all__ = [
    "Rules",
    "Term",
    "Version",
    "in_force_beside",
    "kind_named",
    "kinds",
    "name_of",
    "offices",
    "open_cases",
    "overview",
    "rules",
    "sanction",
    "sanctions",
    "set_by",
    "show",
    "term_fields",
    "terms",
]
