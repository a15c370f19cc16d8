"""What the orders ask in SQL and only the sales know: what of a line the buyer has."""

from django.db import migrations

SQL = """
    CREATE OR REPLACE FUNCTION orders_shipped(line bigint, as_of date)
    RETURNS TABLE (quantity numeric)
    LANGUAGE sql STABLE AS $$
        SELECT sum(sent.quantity)
        FROM sales_shipmentline sent
        JOIN sales_shipment s ON s.id = sent.shipment_id
        WHERE sent.line_id = line AND s.sent_on <= as_of AND (s.reversed_on IS NULL OR s.reversed_on > as_of)
    $$;
"""
UNDO = """
    CREATE OR REPLACE FUNCTION orders_shipped(line bigint, as_of date)
    RETURNS TABLE (quantity numeric)
    LANGUAGE sql STABLE AS $$
        SELECT 0::numeric
    $$;
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0002_functions"), ("sales", "0001_initial")]

    operations = [migrations.RunSQL(SQL, UNDO)]
