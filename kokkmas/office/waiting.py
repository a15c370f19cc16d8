"""What waits for each officer: a question as at a day, how many there are, and where to do it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities import queries as activities
from activities.models import HelpRequest
from core import dates
from core.money import format_rupiah
from core.permissions import Role
from departures.models import Departure
from governance.models import Announcement, Office
from governance.queries import case as cases
from governance.queries.letter import letters_waiting
from ledger.models import Period
from loans import queries as loans
from loans.models import Loan
from members import queries as members
from orders import queries as orders
from pricing.models import PriceList
from savings import queries as savings
from savings.models import WithdrawalRequest
from treasury.queries import month_end
from treasury.queries import voucher as treasury_vouchers
from treasury.queries.bank_statement import unmatched_by_account
from treasury.queries.spending import waiting_for


@dataclass(frozen=True)
class Waiting:
    """Something that waits for an officer, with how many there are and where to do it."""

    icon: str
    title: str
    note: str
    count: int
    url: str


def applications(on) -> Waiting:
    count = members.tallies(as_of=on)["applicants"]
    return Waiting(
        "user-plus",
        _("Applications to decide"),
        _("People who want to become members."),
        count,
        reverse("members:list") + "?standing=applicant",
    )


def first_savings(on) -> Waiting:
    count = members.tallies(as_of=on)["admitted"]
    return Waiting(
        "door-open",
        _("First savings to receive"),
        _("Admitted; they become members when they pay."),
        count,
        reverse("members:list") + "?standing=admitted",
    )


def mandatory_savings(on) -> Waiting:
    unpaid = savings.unpaid_mandatory(as_of=on)
    return Waiting(
        "piggy-bank",
        _("Members who owe mandatory savings"),
        _altogether(sum(row.owed for row in unpaid)),
        len(unpaid),
        reverse("savings:obligations"),
    )


def dues(on) -> Waiting:
    unpaid = activities.unpaid_dues(as_of=on)
    owed = _altogether(sum(row.owed for row in unpaid))
    return Waiting("coins", _("Members who owe dues"), owed, len(unpaid), reverse("activities:dues"))


def _altogether(owed: int) -> str:
    return _("{amount} altogether").format(amount=format_rupiah(owed)) if owed else _("Everybody has paid.")


def loans_to_decide(on) -> Waiting:
    return Waiting(
        "file-question-mark",
        _("Loan applications to decide"),
        _("Nobody decides on their own loan."),
        Loan.objects.waiting().count(),
        reverse("loans:list") + "?state=waiting",
    )


def loans_to_endorse(on) -> Waiting:
    """Loans of people in office, which the supervisors decide on together with the board."""
    held = Office.objects.held(as_of=on).values("member")
    return Waiting(
        "scale",
        _("Loans of officers to endorse"),
        _("Board and supervisors both have to approve."),
        Loan.objects.waiting().filter(member__in=held).count(),
        reverse("loans:list") + "?state=waiting",
    )


def loans_without_guarantors(on) -> Waiting:
    return Waiting(
        "user-x",
        _("Loans without enough guarantors"),
        _("A guarantor declined, withdrew or left."),
        loans.lacking_guarantors(as_of=on).count(),
        reverse("loans:list") + "?backed=false",
    )


def loans_to_pay_out(on) -> Waiting:
    return Waiting(
        "banknote",
        _("Loans to pay out"),
        _("Approved; the members are waiting for the money."),
        Loan.objects.approved().count(),
        reverse("loans:list") + "?state=approved",
    )


def late_loans(on) -> Waiting:
    late = loans.arrears(as_of=on)
    return Waiting(
        "calendar-clock",
        _("Loans with an instalment overdue"),
        _altogether(sum(row.due for row in late)),
        len(late),
        reverse("loans:arrears"),
    )


def draft_prices(on) -> Waiting:
    return Waiting(
        "tags",
        _("Price list to put in force"),
        _("Prepared by one officer, decided by another."),
        PriceList.objects.draft().count(),
        reverse("pricing:list"),
    )


def work_to_settle(on) -> Waiting:
    return Waiting(
        "scale",
        _("Delivered work to settle"),
        _("Counted and accepted, not yet paid for."),
        orders.to_settle().count(),
        reverse("orders:settlements"),
    )


def makers_to_pay(on) -> Waiting:
    return Waiting(
        "hand-coins",
        _("Makers to pay out"),
        _("Their money is in the cash box."),
        orders.to_pay_out().count(),
        reverse("orders:settlements"),
    )


def withdrawals_to_approve(on) -> Waiting:
    return Waiting(
        "hand-coins",
        _("Withdrawals to approve"),
        _("Above the limit of the rules the chair decides."),
        WithdrawalRequest.objects.to_approve(as_of=on).count(),
        reverse("savings:withdrawal-requests") + "?state=to_approve",
    )


def withdrawals_to_pay(on) -> Waiting:
    return Waiting(
        "hand-coins",
        _("Withdrawals to pay out"),
        _("Members are waiting for their savings."),
        WithdrawalRequest.objects.to_pay(as_of=on).count(),
        reverse("savings:withdrawal-requests") + "?state=to_pay",
    )


def departures_to_decide(on) -> Waiting:
    return Waiting(
        "log-out",
        _("Members who want to leave"),
        _("One officer wrote it down, another agrees."),
        Departure.objects.waiting().count(),
        reverse("departures:list"),
    )


def departures_to_pay(on) -> Waiting:
    """Former members, and heirs, who have money to get."""
    to_pay = Departure.objects.to_pay()
    late = to_pay.overdue(as_of=on).count()
    first = to_pay.order_by("pay_by").values_list("pay_by", flat=True).first()
    if late:
        note = ngettext("{count} of them is overdue.", "{count} of them are overdue.", late).format(count=late)
    elif first:
        note = _("The first by {day}.").format(day=date_format(first, "j F"))
    else:
        note = _("Everybody who left has been paid.")
    return Waiting("log-out", _("Former members to pay"), note, to_pay.count(), reverse("departures:list"))


def months_to_close(on) -> Waiting:
    """Months that are over and still open, from the first one with books."""
    count = Period.objects.filter(closed_on=None, month__lt=dates.month_start(on)).count()
    return Waiting(
        "calendar-check",
        _("Months to close"),
        _("A closed month cannot change any more."),
        count,
        reverse("ledger:periods"),
    )


def vouchers_due(on) -> Waiting:
    return Waiting(
        "calendar-check",
        _("Vouchers of this month to post"),
        _("Electricity, rent and what else comes again."),
        len(treasury_vouchers.due_templates(as_of=on)),
        reverse("treasury:index") + "#due",
    )


def counts_due(on) -> Waiting:
    return Waiting(
        "coins",
        _("Cash boxes to count"),
        _("The month closes with what is counted on its last day."),
        len(month_end.counts_due(as_of=on)),
        reverse("treasury:count-cash"),
    )


def bank_movements(on) -> Waiting:
    return Waiting(
        "scale",
        _("Bank movements to match"),
        _("On a statement, and not in the books yet."),
        sum(unmatched_by_account().values()),
        reverse("treasury:index") + "#banks",
    )


def payments_to_confirm(on, user) -> Waiting:
    """Asked with the person: nobody confirms what he asked for himself."""
    return Waiting(
        "hand-coins",
        _("Payments to confirm"),
        _("Above what one officer pays alone."),
        waiting_for(user).count(),
        reverse("treasury:requests"),
    )


def help_to_decide(on) -> Waiting:
    return Waiting(
        "heart-handshake",
        _("Requests for help to answer"),
        _("Whoever asks does not decide."),
        HelpRequest.objects.waiting().count(),
        reverse("activities:help-requests"),
    )


def visits_to_record(on) -> Waiting:
    return Waiting(
        "heart-handshake",
        _("Visits to make and record"),
        _("Help was approved; somebody goes there."),
        HelpRequest.objects.unvisited().count(),
        reverse("activities:help-requests"),
    )


def letters_to_send(on) -> Waiting:
    return Waiting(
        "mail",
        _("Letters to sign or hand over"),
        _("The next step follows once the member has the letter."),
        letters_waiting(),
        reverse("governance:letters"),
    )


def cases_waiting(on) -> Waiting:
    return Waiting(
        "messages-square",
        _("Cases waiting for a step"),
        _("First we talk."),
        cases.waiting(as_of=on),
        reverse("governance:cases"),
    )


def messages_to_send(on) -> Waiting:
    return Waiting(
        "message-circle",
        _("Messages for the WhatsApp group"),
        _("In every inbox already; send them and mark them as sent."),
        Announcement.objects.unsent().count(),
        reverse("governance:announcements") + "?unsent=true",
    )


WAITS = {
    Role.TREASURER: [
        loans_to_pay_out,
        withdrawals_to_pay,
        departures_to_pay,
        loans_to_decide,
        mandatory_savings,
        dues,
        first_savings,
        late_loans,
        work_to_settle,
        makers_to_pay,
        visits_to_record,
        vouchers_due,
        bank_movements,
        counts_due,
        months_to_close,
    ],
    Role.SECRETARY: [
        letters_to_send,
        cases_waiting,
        loans_to_decide,
        loans_without_guarantors,
        help_to_decide,
        applications,
        first_savings,
        dues,
        messages_to_send,
    ],
    Role.CHAIR: [
        cases_waiting,
        letters_to_send,
        loans_to_decide,
        help_to_decide,
        withdrawals_to_approve,
        departures_to_decide,
        loans_to_pay_out,
        applications,
        draft_prices,
        late_loans,
    ],
    Role.SUPERVISOR: [loans_to_endorse, late_loans, mandatory_savings, dues, months_to_close],
}
