"""The penalty the loan book would charge on a late instalment."""

from core.commands import CalculatingCommand, day, percent, whole
from core.money import format_number
from loans.arithmetic.penalty import PenaltyTerms, days_late, penalty


class Command(CalculatingCommand):
    help = "Prints the penalty on an overdue amount. Needs no database."

    def add_arguments(self, parser):
        add = parser.add_argument
        add("--overdue", type=whole, required=True, help="unpaid rupiah of the instalment")
        add("--rate", type=percent, required=True, help="percent, decimals allowed: 0.5")
        add("--per", choices=["day", "month"], required=True, help="a month's rate counts a thirtieth a day")
        add("--due-on", type=day, required=True, help="YYYY-MM-DD")
        add("--paid-on", type=day, required=True, help="YYYY-MM-DD")
        add("--grace-days", type=whole, default=0, help="days after the due date that cost nothing (0)")

    def handle(self, *, overdue, rate, per, due_on, paid_on, grace_days, format, **options):
        if overdue < 0 or rate < 0 or grace_days < 0:
            self.refuse("overdue, rate and grace-days cannot be negative")
        terms = PenaltyTerms(rate=rate, per=per, grace_days=grace_days)
        late = days_late(due_on, paid_on)
        cost = penalty(terms, due_on=due_on, overdue=overdue, on=paid_on)
        if format == "json":
            self.print_json({"days_late": late, "penalty": cost})
        else:
            self.stdout.write(f"days late  {late}\npenalty    {format_number(cost)}")
