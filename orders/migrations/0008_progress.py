from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "sql" / "0008_progress.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("orders", "0007_selling")]

    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
