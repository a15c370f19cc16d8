"""What is unpaid of a loan: its one definition, and how the kept rows follow it."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "sql" / "0002_functions.sql").read_text(encoding="utf-8")
UNDO = """
    DROP FUNCTION loans_keep_unpaid(bigint[]);
    DROP FUNCTION loans_unpaid_before(date, bigint[]);
    DROP FUNCTION loans_outstanding_on(bigint, date);
    DROP FUNCTION loans_unpaid_by(date, bigint[]);
    DROP FUNCTION loans_penalty(loans_loanrules, date, bigint, bigint, bigint, bigint, date);
    DROP FUNCTION loans_free_until(loans_loanrules, date);
    DROP FUNCTION loans_rounded(bigint, bigint, text, bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("loans", "0001_initial")]

    operations = [migrations.RunSQL(SQL, UNDO)]
