"""`manage.py seed_demo`: the cooperative of the study with two years of life, made through the services."""

import datetime

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from core.dates import today
from core.models import User
from core.progress import watching
from kokkmas.seed import life


class Command(BaseCommand):
    help = "Fills an empty database with the demo cooperative. The same seed and last day give the same data."

    def add_arguments(self, parser):
        parser.add_argument("--months", type=int, default=24, help="how long the cooperative has lived")
        parser.add_argument("--members", type=int, default=33, help="how many workshops, at most 33")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--until", type=datetime.date.fromisoformat, help="the last day, YYYY-MM-DD; else today")

    @transaction.atomic
    def handle(self, *, months, members, seed, until, **options):
        if settings.PRODUCTION:
            raise CommandError("The demo logins have a known password: not in production.")
        if User.objects.exists():
            raise CommandError("The database is not empty. The demo cooperative goes into an empty one only.")
        if not 1 <= members <= 33 or months < 1:
            raise CommandError("Between 1 and 33 members, and at least one month.")
        watch = watching("The demo cooperative, month by month")
        coop = life.tell(until=until or today(), months=months, members=members, seed=seed, watch=watch)
        self.stdout.write(f"{len(coop.makers)} workshops, from {coop.started_on} on.")
