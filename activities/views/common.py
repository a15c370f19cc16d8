"""The page that reverses what the activities recorded wrongly."""

from django.utils.translation import gettext as _

from core.forms import ReversalForm
from core.pages import FormPage, form_page


def reversing_page(request, service, row, *, title: str, crumbs, done: str, facts=(), amount=None):
    """Undo what was recorded wrongly: the entry with it, where money was paid, and the receipt is taken back."""
    consequences = [_("The record stays and is marked as reversed, with the reason.")]
    if row.entry_id:
        consequences = [
            _("The entry is undone by another one; both stay in the journal, with the reason."),
            _("Take back receipt {number}.").format(number=row.receipt.number),
        ]
    page = FormPage(
        title=title,
        action=_("Reverse"),
        amount=amount,
        facts=facts,
        consequences=consequences,
        crumbs=crumbs,
        danger=True,
    )
    form = ReversalForm(request.POST or None)
    return form_page(request, form, service, row, by=request.user, page=page, done=done)
