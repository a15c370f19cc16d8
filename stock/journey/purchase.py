"""A joint purchase as a page shows it: how far it is, and what this person may do about it now. Reads only."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.dates import long_date
from core.models import User
from core.permissions import Permission
from core.steps import Action, Step
from stock.models import JointPurchase, JointStep
from stock.queries import Account

Kind = JointStep.Kind


class Journey:
    """From what `queries.accounts` says of a purchase whose steps were fetched with it."""

    def __init__(self, purchase: JointPurchase, accounts: Sequence[Account]):
        self.purchase, self.accounts = purchase, accounts
        self.standing = purchase.standing()

    @property
    def steps(self) -> list[Step]:
        """The first that has not happened is the current one."""
        result, current = [Step(_("Opened"), long_date(self.purchase.opened_on), "done")], True
        for kind in Kind:
            done = self.standing.get(kind)
            state = "done" if done else "current" if current else ""
            result.append(Step(capfirst(kind.label), long_date(done.on) if done else "", state))
            current = current and bool(done)
        settled = "current" if any(account.owed for account in self.accounts) else "done"
        return [*result, Step(_("Every share is paid"), "", settled if Kind.SHARED in self.standing else "")]

    def actions(self, user: User, *, needs: bool, offers: bool) -> list[Action]:
        """What brings the purchase on, the next step first."""
        if self.purchase.cancelled_on:
            return []
        records, pays = user.can(Permission.STOCK_RECORD), user.can(Permission.STOCK_PAY)
        chosen, received = self.standing.get(Kind.CHOSEN), Kind.RECEIVED in self.standing
        if not chosen:
            decides = user.can(Permission.PURCHASE_DECIDE)
            found = [
                (records, _("I need some of it"), "join"),
                (records and needs, _("Record a price"), "quote"),
                (decides and offers, _("Choose the supplier"), "choose-supplier"),
            ]
        else:
            unpaid = received and Kind.PAID not in self.standing
            found = [
                (pays and not received, _("It has arrived"), "receive"),
                (pays and received and Kind.SHARED not in self.standing, _("Share it out"), "share-out"),
                (pays and unpaid and chosen.by_id != user.pk, _("Pay the supplier"), "pay-supplier"),
            ]
        return [Action(label, self._address(name)) for may, label, name in found if may]

    def ways_back(self, user: User) -> list[Action]:
        """Cancelling it before it arrived, and reversing what nothing else stands on and somebody else did."""
        if self.purchase.cancelled_on:
            return []
        found = []
        may_cancel = user.can(Permission.PURCHASE_DECIDE) or self.purchase.opened_by_id == user.pk
        if may_cancel and Kind.RECEIVED not in self.standing:
            found.append(Action(_("Cancel the purchase"), self._address("cancel-purchase")))
        blocked = {
            Kind.CHOSEN: Kind.RECEIVED in self.standing,
            Kind.RECEIVED: Kind.SHARED in self.standing or Kind.PAID in self.standing,
            Kind.SHARED: any(account.paid for account in self.accounts),
            Kind.PAID: False,
        }
        for kind, step in self.standing.items():
            needed = Permission.PURCHASE_DECIDE if kind == Kind.CHOSEN else Permission.STOCK_PAY
            if not blocked[kind] and user.can(needed) and step.may_be_reversed_by(user):
                name = "stock:reverse-choice" if kind == Kind.CHOSEN else "stock:reverse-step"
                label = _("Reverse: {step}").format(step=step.get_kind_display())
                found.append(Action(label, reverse(name, args=[step.pk])))
        return found

    def account(self, account: Account, user: User) -> dict:
        """A member's part as `user` may see it: whether with its money, and what may be done about that."""
        own, pays = account.member.user_id == user.pk, user.can(Permission.STOCK_PAY)
        return {
            "account": account,
            "shows_money": own or user.can(Permission.STOCK_LIST_ALL),
            "may_pay": bool(account.owed) and pays and not own,
            "payments": [(paid, pays and not own and paid.may_be_reversed_by(user)) for paid in account.payments],
        }

    def _address(self, name: str) -> str:
        return reverse(f"stock:{name}", args=[self.purchase.pk])
