"""What the rooms above hold about a person, for the copy that UU 27/2022 gives everybody: a room registers its part.

def held(member):                     # plain keys and values, only what the member may read
    return [plain(case, "number", "title", "opened_on") for case in …]

class GovernanceConfig(AppConfig):
    def ready(self):
        holdings.register("cases", "governance.holdings.cases")
"""

import datetime

from django.utils.module_loading import import_string

SOURCES: dict[str, str] = {}


def register(name: str, source: str) -> None:
    """Let a copy of somebody's data have the part `name`, from the function named `source`, as `source(member)`."""
    SOURCES[name] = source


def about(member) -> dict:
    """Everything the rooms hold about the member, by the name of the part."""
    return {name: import_string(source)(member) for name, source in sorted(SOURCES.items())}


def plain(row, *names: str) -> dict:
    """These fields of a row as JSON writes them: days as ISO, a row that is pointed at by what it is called."""
    return {name: plain_value(getattr(row, name)) for name in names}


def plain_value(value):
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value if isinstance(value, bool | int) or value is None else str(value)
