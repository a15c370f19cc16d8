"""What the database refuses across rows, in one spelling. The services say it in a sentence first."""

import pgtrigger

from core.models import REFUSE

WRITTEN = pgtrigger.Insert | pgtrigger.Update


def refused(name: str, when: str, *, constraint: str, message: str, operation=WRITTEN, condition=None):
    """Refuses a row for which the SQL `when` is true, under the name of a constraint."""
    return pgtrigger.Trigger(
        name=name,
        operation=operation,
        when=pgtrigger.Before,
        condition=condition,
        func=f"""
        IF {when} THEN
            {REFUSE.format(message=message, name=constraint)}
        END IF;
        RETURN NEW;
        """,
    )


def of_the_loan(loan: str, concerns: str) -> str:
    """Whether `concerns` is true of the loan with the id `loan` and the `member` who borrows."""
    return f"""EXISTS (
            SELECT FROM loans_loan loan JOIN members_member member ON member.id = loan.member_id
            WHERE loan.id = {loan} AND {concerns}
        )"""


def by_somebody_else(*columns: str, name: str = "somebody_else", **refusal):
    """Refuses the borrower of a loan in these columns of a row that belongs to the loan."""
    people = ", ".join(f"NEW.{column}_id" for column in columns)
    return refused(name, of_the_loan("NEW.loan_id", f"member.user_id IN ({people})"), **refusal)


def changed(*columns: str) -> str:
    """Whether an update changes one of these columns."""
    new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("NEW", "OLD"))
    return f"({new}) IS DISTINCT FROM ({old})"
