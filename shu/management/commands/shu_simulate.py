"""What each member would get of a surplus, for figures from a file."""

from core.commands import CalculatingCommand, percent, whole
from core.money import format_number
from shu import figures
from shu.allocation import AllocationError, pools, share_out


class Command(CalculatingCommand):
    help = "Prints every member's part of a surplus, from a file with number,capital,business. Needs no database."

    def add_arguments(self, parser):
        add = parser.add_argument
        add("--surplus", type=whole, required=True, help="whole rupiah")
        add("--capital-percent", type=percent, required=True, help="of the surplus, by capital; decimals allowed")
        add("--business-percent", type=percent, required=True, help="of the surplus, by business")
        add("file", metavar="FILE.csv", help="one member a row: number,capital,business in whole rupiah")

    def handle(self, *, surplus, capital_percent, business_percent, file, format, **options):
        try:
            sharing = share_out(*pools(surplus, capital_percent, business_percent), figures.read(file))
        except (AllocationError, figures.FileError) as error:
            self.refuse(str(error))
        if format == "json":
            self.print_json(
                {
                    "members": [
                        {
                            "number": share.number,
                            "capital_part": share.capital_part,
                            "business_part": share.business_part,
                            "total": share.total,
                        }
                        for share in sharing.shares
                    ],
                    "capital_part": sharing.capital_part,
                    "business_part": sharing.business_part,
                    "total": sharing.total,
                    "to_reserve": sum(sharing.to_reserve.values()),
                }
            )
        else:
            self.print_table(sharing)

    def print_table(self, sharing):
        line = "{:<12}  {:>18}  {:>18}  {:>18}"
        self.stdout.write(line.format("number", "capital part", "business part", "total"))
        for share in sharing.shares:
            amounts = map(format_number, (share.capital_part, share.business_part, share.total))
            self.stdout.write(line.format(share.number, *amounts))
        sums = map(format_number, (sharing.capital_part, sharing.business_part, sharing.total))
        self.stdout.write(line.format("sum", *sums))
        for fund, amount in sharing.to_reserve.items():
            self.stdout.write(f"no member has a {fund} figure: {format_number(amount)} goes to the reserve")
