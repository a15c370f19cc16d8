"""What SQL asks about work: the jobs in hand, what a business can make, and what room is left."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "sql" / "0002_functions.sql").read_text(encoding="utf-8")
UNDO = """
    DROP FUNCTION orders_free(date, bigint, date, bigint[]);
    DROP FUNCTION orders_minutes(bigint, bigint);
    DROP FUNCTION orders_can(bigint, date, date);
    DROP FUNCTION orders_jobs(date);
    DROP FUNCTION orders_shipped(bigint, date);
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial")]

    operations = [migrations.RunSQL(SQL, UNDO)]
