"""`makemessages` that leaves a new message empty, where gettext would guess at a translation.

It also collects what each check of the books promises: the first line of its .sql file.
"""

from pathlib import Path

from django.core.management.commands import makemessages

from reports import checks


class Source(makemessages.BuildFile):
    def preprocess(self):
        if not self.path.endswith(".sql"):
            return super().preprocess()
        path = Path(self.path).resolve()
        message = f"_({checks.promise(path)!r})" if path.parent == checks.FOLDER else ""
        Path(self.work_path).write_text(message, encoding="utf-8")


class Command(makemessages.Command):
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]
    build_file_class = Source

    def handle(self, *args, **options):
        options["extensions"] = options["extensions"] or ["html", "txt", "py", "sql"]
        super().handle(*args, **options)
