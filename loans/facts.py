"""What a loan is judged by and the rooms above know: who comes to the meetings, what work is ahead.

Imports only go down, so the room that knows says so in its AppConfig, and the loans ask here.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from members.models import Member


class Attended(NamedTuple):
    """The answer to `attendance`: how many meetings somebody came to, of how many that were held meanwhile."""

    came: int
    held: int

    def reaches(self, percent_bp: int) -> bool:
        """Whether it is at least that part of the meetings; where none was held, nobody can have missed one."""
        return self.came * 10_000 >= self.held * percent_bp


@dataclass(frozen=True)
class Answer:
    of: str
    of_everybody: str


_answers: dict[str, Answer] = {}


def register(name: str, of: str, *, of_everybody: str = "") -> None:
    """A room above says in its AppConfig: I know `name`, ask the function at this dotted path.

    `of(member, **facts)` answers for one; `of_everybody(**facts)` gives {member id: answer} in one query, for the
    rules pages.
    """
    _answers[name] = Answer(of, of_everybody)


def ask(name: str, member: "Member", **facts):
    """What is known of one member; None where no room knows."""
    answer = _answers.get(name)
    return import_string(answer.of)(member, **facts) if answer else None


def ask_everybody(name: str, **facts) -> dict:
    """{member id: answer}; empty where no room knows."""
    answer = _answers.get(name)
    return import_string(answer.of_everybody)(**facts) if answer and answer.of_everybody else {}
