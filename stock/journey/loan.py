"""A loan of material or goods as both sides see it: its steps, who acts next, and with which button. Reads only."""

from django.urls import reverse
from django.utils.translation import gettext as _

from core.dates import long_date
from core.permissions import Permission
from core.steps import Action, Step
from stock.models import StockLoan
from stock.notifications import counted


class Journey:
    """What happened to a loan and what is next, from what `queries.loans` fetched, its returns and its outlook."""

    def __init__(self, loan: StockLoan, returns, outlook=None):
        self.loan, self.outlook = loan, outlook
        self.returns = list(returns)
        self.waiting = [back for back in self.returns if back.is_waiting]
        self.confirmed = [back for back in self.returns if back.confirmed_on and not back.is_reversed]

    def reversible(self, user) -> list:
        """Money at the cooperative that this officer may reverse: another received it, and he is neither side."""
        if not user.can(Permission.STOCK_PAY) or user.pk in (self.loan.lender.user_id, self.loan.borrower.user_id):
            return []
        return [back for back in self.confirmed if back.entry_id and back.may_be_reversed_by(user)]

    @property
    def is_over(self) -> bool:
        return bool(self.loan.confirmed_on) and self.loan.out <= 0

    @property
    def steps(self) -> list[Step]:
        loan = self.loan
        handed = "done" if loan.confirmed_on else "current"
        back = "done" if self.is_over else "current" if loan.confirmed_on else ""
        until = _("by {day}").format(day=long_date(self.outlook.return_on)) if self.outlook else ""
        return [
            Step(
                _("Recorded"),
                _("{member}, {day}").format(member=loan.recorded_for.name, day=long_date(loan.recorded_on)),
                "done",
            ),
            Step(
                _("Handed over, confirmed by {member}").format(member=loan.other_side(loan.recorded_for_id).name),
                long_date(loan.confirmed_on) if loan.confirmed_on else "",
                handed,
            ),
            Step(
                _("Back with {member}").format(member=loan.lender.name),
                _("{back} of {all}").format(back=counted(loan.back, loan.item), all=counted(loan.quantity, loan.item))
                + (f", {until}" if until else ""),
                back,
            ),
        ]

    def next_action(self, user) -> Action | None:
        """The one button this person has now; None where the other side acts."""
        loan = self.loan
        if loan.declined_on:
            return None
        mine = {loan.lender.user_id: loan.lender_id, loan.borrower.user_id: loan.borrower_id}.get(user.pk)
        helps = user.can(Permission.STOCK_FOR_OTHERS) and mine is None
        if loan.confirmed_on is None:
            if (mine and mine != loan.recorded_for_id) or (helps and user.pk != loan.recorded_by_id):
                return Action(_("Yes, it was handed over"), reverse("stock:confirm", args=[loan.pk]))
            return None
        for back in self.waiting:
            if back.way == back.Way.SAVINGS:
                if user.can(Permission.STOCK_PAY) and mine is None and user.pk != back.recorded_by_id:
                    return Action(_("Receive the money"), reverse("stock:confirm-return", args=[back.pk]))
            elif (mine and mine != back.recorded_for_id) or (helps and user.pk != back.recorded_by_id):
                return Action(_("Look at what came back"), reverse("stock:confirm-return", args=[back.pk]))
        if loan.out - loan.on_its_way > 0 and (mine or helps):
            label = _("It came back") if mine == loan.lender_id else _("Give back")
            return Action(label, reverse("stock:give-back", args=[loan.pk]))
        return None

    @property
    def waits_for(self) -> str:
        """Who acts next, for the person who does not."""
        loan = self.loan
        if loan.confirmed_on is None:
            return _("{member} confirms.").format(member=loan.other_side(loan.recorded_for_id).name)
        if self.waiting:
            back = self.waiting[0]
            if back.way == back.Way.SAVINGS:
                return _("The treasurer receives the money.")
            return _("{member} looks at what came back.").format(member=loan.other_side(back.recorded_for_id).name)
        return ""
