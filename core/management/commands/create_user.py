"""`manage.py create_user USERNAME NAME ROLE`: the first logins of an installation."""

import secrets

from django.core.management.base import BaseCommand, CommandError

from core.models import User
from core.permissions import Role
from core.services import create_user


class Command(BaseCommand):
    help = "Gives a person a login and prints a password that must be changed at the first login."

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("name")
        parser.add_argument("role", choices=Role.values)

    def handle(self, *, username, name, role, **options):
        if User.objects.filter(username__iexact=username).exists():
            raise CommandError(f"There is a user {username} already.")
        password = secrets.token_urlsafe(9)
        create_user(username=username, name=name, role=role, password=password)
        self.stdout.write(f"{username} may log in with the password {password} and must change it then.")
