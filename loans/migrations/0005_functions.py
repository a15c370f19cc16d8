"""What is unpaid of a loan: its one definition, and how the kept rows follow it."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "sql" / "0005_functions.sql").read_text(encoding="utf-8")
UNDO = """
    DROP FUNCTION loans_keep_unpaid(bigint[]);
    DROP FUNCTION loans_unpaid_before(date, bigint[]);
    DROP FUNCTION loans_unpaid_by(date, bigint[]);
"""
LOANS_THAT_ARE_THERE = """
    ALTER TABLE loans_unpaid DISABLE TRIGGER USER;
    SELECT loans_keep_unpaid(ARRAY(SELECT id FROM loans_loan WHERE disbursed_on IS NOT NULL));
    ALTER TABLE loans_unpaid ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [("loans", "0004_unpaid")]

    operations = [migrations.RunSQL(SQL, UNDO), migrations.RunSQL(LOANS_THAT_ARE_THERE, migrations.RunSQL.noop)]
