"""What the rooms above hold about a person, for the copy that UU 27/2022 gives everybody: each answers for its part.

def cases(member):                    # plain keys and values, only what the member may read
    return [plain(case, "number", "title", "opened_on") for case in …]

class GovernanceConfig(AppConfig):
    hooks = {"personal_data.cases": "governance.hooks.cases"}
"""

import datetime

from core import hooks


def about(member) -> dict:
    """Everything the rooms hold about the member, by the name of the part."""
    return {name: answer(member) for name, answer in hooks.answers("personal_data").items()}


def plain(row, *names: str) -> dict:
    """These fields of a row as JSON writes them: days as ISO, a row that is pointed at by what it is called."""
    return {name: plain_value(getattr(row, name)) for name in names}


def plain_value(value):
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value if isinstance(value, bool | int) or value is None else str(value)
