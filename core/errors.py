"""The one way to say no."""


class Refused(Exception):
    """A request the cooperative's rules turn down; its text is a translated sentence fit for the person who asked.

    Subclassed beside the service that raises it (`LoanRefused`). Anything else that is raised is a bug.
    `field` names the form field the sentence belongs to, where it belongs to one.
    """

    def __init__(self, sentence, *, field=None):
        super().__init__(sentence)
        self.field = field


class ManyRefused(Refused):
    """Some of many rows done at once: nothing was written, and `rows` has the sentence for each, by its key."""

    def __init__(self, rows: dict[int, str]):
        super().__init__(" ".join(rows.values()))
        self.rows = rows
