"""`manage.py seed_demo`: the logins of the demo cooperative, made through the services."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from core.models import User
from core.permissions import Role
from core.services import create_user

PEOPLE = [
    ("ketua", "Ketua Contoh", Role.CHAIR),
    ("sekretaris", "Sekretaris Contoh", Role.SECRETARY),
    ("bendahara", "Bendahara Contoh", Role.TREASURER),
    ("pengawas", "Pengawas Contoh", Role.SUPERVISOR),
    ("pemelihara", "Pemelihara Contoh", Role.MAINTAINER),
    ("anggota01", "Anggota Contoh Satu", Role.MEMBER),
    ("anggota02", "Anggota Contoh Dua", Role.MEMBER),
    ("anggota03", "Anggota Contoh Tiga", Role.MEMBER),
]


class Command(BaseCommand):
    help = "Fills an empty database with the demo cooperative."

    @transaction.atomic
    def handle(self, **options):
        if settings.PRODUCTION:
            raise CommandError("The demo logins have a known password: not in production.")
        if User.objects.exists():
            raise CommandError("The database is not empty. The demo cooperative goes into an empty one only.")
        for username, name, role in PEOPLE:
            create_user(username=username, name=name, role=role, password="kokkmas-demo", must_change_password=False)
