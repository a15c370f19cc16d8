from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "sql" / "0002_jobs.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial")]

    operations = [migrations.RunSQL(SQL, "DROP FUNCTION orders_jobs(date)")]
