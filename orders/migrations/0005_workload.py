from pathlib import Path

from django.db import migrations

FILES = Path(__file__).parent / "sql"
SQL = (FILES / "0005_workload.sql").read_text(encoding="utf-8")
BEFORE = (FILES / "0002_jobs.sql").read_text(encoding="utf-8")
UNDO = """
    DROP FUNCTION orders_free(date, bigint, date, bigint[]);
    DROP FUNCTION orders_can(bigint, date, date);
    DROP FUNCTION orders_jobs(date);
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0004_capacity"), ("pricing", "0002_work_weights")]

    operations = [migrations.RunSQL(SQL, UNDO + BEFORE)]
