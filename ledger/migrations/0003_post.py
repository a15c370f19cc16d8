from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql" / "0003_post.sql"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_seal")]

    operations = [
        migrations.RunSQL(
            SQL.read_text(encoding="utf-8"),
            reverse_sql="DROP FUNCTION ledger_post(text, date, text, text, bigint, text[], bigint[], bigint[], bigint[])",
        ),
    ]
