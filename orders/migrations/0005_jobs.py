"""A delivery note that was reversed is no delivery: what it said is work of the workshop again."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "sql" / "0005_jobs.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("orders", "0004_returns_and_proceeds")]

    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
