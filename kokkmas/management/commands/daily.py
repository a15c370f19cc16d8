"""manage.py daily: what falls due today. Run it from cron every morning; a second run does nothing more."""

import datetime
import json

from django.core.management.base import BaseCommand

from core import dates
from core.services import purge_spent_tokens
from governance.services import follow_offices, plan_next
from kokkmas.office import reminders
from orders import services as orders
from savings import services as savings
from stock import services as stock


class Command(BaseCommand):
    help = "Reminds people, prepares letters for what is late, opens next year's books. Safe to run twice."

    def add_arguments(self, parser):
        parser.add_argument("--on", type=datetime.date.fromisoformat, help="YYYY-MM-DD (today)")
        parser.add_argument("--format", choices=["table", "json"], default="table")

    def handle(self, *, on, format, **options):  # the option's own name
        on = on or dates.today()
        counts = {
            "units_opened": reminders.open_next_year(on),
            "rounds_closed": orders.close_due_rounds(on=on),
            "return_dates_moved": stock.tell_moved_dates(on=on),
            "roles_moved": follow_offices(on=on),
            "meetings_planned": int(plan_next(on=on) is not None),
            "terms_ended": reminders.end_terms(on),
            "standing_orders": savings.run_standing_orders(on=on),
            "tokens_purged": purge_spent_tokens(),
            **reminders.ladder(on),
            **reminders.remind(on),
        }
        if format == "json":
            self.stdout.write(json.dumps({"on": on.isoformat(), **counts}))
        else:
            self.stdout.write(f"{on}  " + "  ".join(f"{name}={count}" for name, count in counts.items()))
