from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql" / "0002_seal.sql"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql="DROP FUNCTION ledger_seal(bigint)"),
    ]
