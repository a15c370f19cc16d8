"""What commands that only calculate share: one-line errors, and figures for people or for scripts."""

import argparse
import datetime
import json
import sys
from fractions import Fraction

from django.core.management.base import BaseCommand, CommandError


class CalculatingCommand(BaseCommand):
    """A command that only calculates: it opens no database, says an error in one line and then exits with 1."""

    requires_system_checks = []

    def create_parser(self, prog_name, subcommand, **kwargs):
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.error = self.refuse
        parser.add_argument(
            "--format", choices=["json", "table"], default="json", help="json for scripts (default), table for people"
        )
        return parser

    def refuse(self, message):
        if self._called_from_command_line:
            self.stderr.write(message)
            sys.exit(1)
        raise CommandError(message)

    def print_json(self, figures):
        self.stdout.write(json.dumps(figures, indent=2))


def percent(text: str) -> Fraction:
    """`1.5` (or `1,5`) percent as the exact fraction 15/1000."""
    try:
        return Fraction(text.replace(",", ".")) / 100
    except (ValueError, ZeroDivisionError) as error:
        raise argparse.ArgumentTypeError(f"{text} is not a percentage such as 1.5") from error


def day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is not a date such as 2026-02-28") from error


def whole(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number") from error
