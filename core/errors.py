"""The one way to say no."""


class Refused(Exception):
    """A request the cooperative's rules turn down; its text is a translated sentence fit for the person who asked.

    Subclassed beside the service that raises it (`LoanRefused`). Anything else that is raised is a bug.
    `field` names the form field the sentence belongs to, where it belongs to one.
    """

    def __init__(self, sentence, *, field=None):
        super().__init__(sentence)
        self.field = field
