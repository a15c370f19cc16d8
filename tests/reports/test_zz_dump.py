from pathlib import Path

from reports import queries
from reports.monthly_workbook import workbook


def test_dump(november):
    Path("/tmp/wb.xlsx").write_bytes(workbook(queries.month(november)).getvalue())
