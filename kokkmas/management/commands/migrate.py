"""`migrate` that sets an empty database up in a third of the time.

Django keeps the models of a migration's moment in memory. Whenever one is added it builds every model anew that has to
do with it, over however many foreign keys: nearly all of them, since nearly everything points at a user or a member.
But what is added changes nothing about other tables, so here only the model itself is built. The rest is left to the
moment somebody asks, which Django calls delayed: `RunPython` and whoever hears `post_migrate` find the models whole.
"""

import contextlib

from django.core.management.commands import migrate
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

from core.progress import bar
from kokkmas.keeping import guards, roles
from kokkmas.keeping.owner import as_owner


class FirstState(ProjectState):
    """The models while an empty database is set up."""

    _adding = False

    def add_model(self, model_state):
        with self._only_adding():
            super().add_model(model_state)

    def add_field(self, app_label, model_name, name, field, preserve_default):
        with self._only_adding():
            super().add_field(app_label, model_name, name, field, preserve_default)

    @contextlib.contextmanager
    def _only_adding(self):
        self._adding = True
        yield
        self._adding = False

    def _find_reload_model(self, app_label, model_name, delay=False):
        if not (delay or self._adding):
            return super()._find_reload_model(app_label, model_name, delay)
        self.is_delayed = True
        return {(app_label, model_name)}


class FirstExecutor(MigrationExecutor):
    def migrate(self, targets, plan=None, state=None, **options):
        if not self.loader.applied_migrations:
            state = FirstState(real_apps=self.loader.unmigrated_apps)
        return super().migrate(targets, plan=plan, state=state, **options)


class Command(migrate.Command):
    """As the owner of the tables, who then grants the runtime role its rights.

    Where `--verbosity 0` silences the lines, somebody at a terminal sees a bar."""

    def handle(self, *args, **options):
        migrate.MigrationExecutor = FirstExecutor
        with as_owner(options["database"]), bar(None, "Tables", silent=options["verbosity"] > 0) as self.bar:
            super().handle(*args, **options)
            if not (options["plan"] or options["check_unapplied"]):
                guards.install(using=options["database"])
                roles.grant(using=options["database"])

    def migration_progress_callback(self, action, migration=None, fake=False):
        super().migration_progress_callback(action, migration, fake)
        self.bar.update(action == "apply_success")
