"""The workshop's own estimate counts in what it can still take on, where nobody has measured the item."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "sql" / "0006_estimates.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("orders", "0006_work_estimates")]

    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
