from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql" / "0002_search.sql"
BACK = "DROP INDEX members_member_trigrams, members_business_trigrams, members_partner_trigrams"


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial"), ("core", "0002_trigrams")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=BACK)]
