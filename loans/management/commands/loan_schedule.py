"""The schedule the loan book would use, for any terms."""

from core.commands import CalculatingCommand, day, percent, whole
from core.dates import today
from core.money import format_number
from loans.arithmetic.daycount import DayCount, Period
from loans.arithmetic.rounding import MultipleRounding, Rounding
from loans.arithmetic.schedule import Method, ScheduleError, Terms, schedule


class Command(CalculatingCommand):
    help = "Prints the schedule the loan book would use for these terms. Needs no database."

    def add_arguments(self, parser):
        add = parser.add_argument
        add("--principal", type=whole, required=True, help="whole rupiah")
        add("--method", choices=list(Method), required=True)
        add("--rate", type=percent, required=True, help="percent, decimals allowed: 1.5")
        add("--rate-per", choices=["month", "year"], required=True)
        add("--instalments", type=whole, required=True)
        add("--every", type=whole, default=1, help="periods from one instalment to the next (1)")
        add("--period", choices=list(Period), default=Period.MONTH)
        add("--disbursed-on", type=day, help="YYYY-MM-DD (today)")
        add("--first-due-on", type=day, help="YYYY-MM-DD (one period after the disbursement)")
        add("--day-count", choices=list(DayCount), default=DayCount.THIRTY_360)
        add("--rounding", choices=list(Rounding), default=Rounding.HALF_UP)
        add("--round-to", type=whole, default=1, help="every amount is a multiple of this (1)")
        add("--instalment-multiple", type=whole, help="the instalment is a multiple of this")
        add("--instalment-rounding", choices=list(MultipleRounding), default=MultipleRounding.NEAREST)
        add("--principal-grace", type=whole, default=0, help="first instalments that pay interest only (0)")
        add("--instalment-fee", type=whole, default=0, help="administration with every instalment (0)")

    def handle(self, *, disbursed_on, first_due_on, format, **options):
        terms = {name: options[name] for name in Terms.__dataclass_fields__}
        try:
            plan = schedule(Terms(**terms), disbursed_on=disbursed_on or today(), first_due_on=first_due_on)
        except ScheduleError as error:
            self.refuse(str(error))
        if format == "json":
            self.print_json(
                {
                    "instalments": [
                        {
                            "number": row.number,
                            "due_on": row.due_on.isoformat(),
                            "principal": row.principal,
                            "interest": row.interest,
                            "total": row.total,
                            "balance": row.balance,
                        }
                        | ({"fee": row.fee} if plan.fees else {})
                        for row in plan.rows
                    ],
                    "principal": plan.principal,
                    "interest": plan.interest,
                    "total": plan.total,
                }
                | ({"fees": plan.fees} if plan.fees else {})
            )
        else:
            self.print_table(plan)

    def print_table(self, plan):
        parts = ["principal", "interest", *(["fee"] if plan.fees else []), "total"]
        line = "{:>4}  {:<10}" + "  {:>18}" * (len(parts) + 1)
        self.stdout.write(line.format("no", "due", *parts, "balance"))
        for row in plan.rows:
            amounts = [format_number(getattr(row, part)) for part in (*parts, "balance")]
            self.stdout.write(line.format(row.number, row.due_on.isoformat(), *amounts))
        sums = [plan.principal, plan.interest, *([plan.fees] if plan.fees else []), plan.total]
        self.stdout.write(line.format("", "sum", *map(format_number, sums), "").rstrip())
