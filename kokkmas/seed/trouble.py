"""What the loan book knows beside the usual: interest by the day, loans in trouble, and rules that are talked about."""

import datetime

from core.dates import add_months
from governance import services as governance
from governance.models import DecisionKind
from kokkmas.seed.founding import Cooperative, decide
from loans import queries
from loans import services as loans
from loans.models import Loan, LoanProduct, LoanRules, WriteOff
from loans.queries import eligibility

DAY = datetime.timedelta(days=1)


def show_trouble(coop: Cooperative, *, on: datetime.date) -> None:
    """On the last day: one loan is written off and a part came back, one has new terms, one grows by the day."""
    late = [standing.loan_id for standing in queries.arrears(as_of=on) if standing.days > 30]
    rows = {loan.pk: loan for loan in Loan.objects.filter(pk__in=late, schedule_version=1).select_related("member")}
    inside = iter([rows[pk] for pk in late if pk in rows])
    next(inside, None)  # the longest overdue is the one that letters and a case are about
    if loan := next(inside, None):
        _written_off(coop, loan, on=on)
    if loan := next(inside, None):
        _new_terms(coop, loan, on=on)
    _by_the_day(coop, on=on)
    _proposed_rules(coop, on=on)


def _written_off(coop: Cooperative, loan: Loan, *, on: datetime.date) -> None:
    text = "Dihapus buku; penagihan diteruskan."
    decision = decide(coop, f"Hapus buku {loan.number}", text, on=on, kind=DecisionKind.WRITE_OFF, about=loan)
    reason = "Usaha berhenti sejak alat rusak; tiga kali dikunjungi."
    proposal = loans.propose_write_off(
        loan, kind=WriteOff.Kind.BOOKS, decision=decision, reason=reason, on=on, by=coop.treasurer
    )
    loans.write_off(proposal, on=on, by=coop.chair)
    if part := min(100_000, queries.claim(loan).left // 2_000 * 1_000):
        loans.recover(loan, amount=part, on=on, by=coop.treasurer)


def _new_terms(coop: Cooperative, loan: Loan, *, on: datetime.date) -> None:
    terms = loans.propose_restructuring(
        loan,
        kind="rescheduling",
        instalments=loan.instalments,
        first_due_on=add_months(on.replace(day=12), 1),
        reason="Pesanan sepi sejak pameran; bisa mengangsur lebih kecil.",
        waives_penalty=True,
        on=on,
        by=coop.secretary,
    )
    terms = loans.approve_restructuring(terms, on=on, by=coop.chair)
    if terms.approved_on:
        loans.carry_out_restructuring(terms, on=on, by=coop.treasurer)


def _by_the_day(coop: Cooperative, *, on: datetime.date) -> None:
    """Money for the weeks before a delivery; whoever brings it back early pays for fewer days."""
    lent_on = max(on.replace(day=1), on - 20 * DAY)
    wish = {"product": LoanProduct.objects.get(code="musim"), "principal": 1_200_000, "instalments": 4}
    for member in coop.makers:
        if all(check.passed for check in eligibility(member, as_of=lent_on, **wish)):
            loan = loans.apply(member, purpose="Kulit untuk pameran", on=lent_on, by=member.user, **wish)
            loans.approve(loan, on=lent_on, by=coop.chair)
            loans.disburse(loan, on=lent_on, by=coop.treasurer)
            if lent_on < on:
                loans.repay(loan, amount=250_000, on=on, by=coop.treasurer)
            return


def _proposed_rules(coop: Cooperative, *, on: datetime.date) -> None:
    """The chair proposes to lend cheaper for material; the next meeting decides."""
    now = LoanRules.objects.filter(product__code="bahan").latest("in_force_from")
    same = {name: getattr(now, name) for name in SAME}
    reason = "Kas cukup dan tunggakan turun; jasa pinjaman bahan bisa lebih ringan."
    governance.propose(LoanRules, reason=reason, on=on, by=coop.chair, **same | {"rate_bp": 125, "most_instalments": 8})


SAME = [
    field.name for field in LoanRules._meta.concrete_fields if field.name not in ("id", "in_force_from", "decided_in")
]
