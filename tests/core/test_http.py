import datetime
import io

import openpyxl

from core.http import download, export
from core.workbook import Column, Sheet


def test_download_names_the_file_for_old_and_new_browsers():
    response = download(b"%PDF", "Laporan Ñoviembre – 2026.pdf")
    assert response["Content-Disposition"] == (
        'attachment; filename="Laporan Noviembre  2026.pdf"; '
        "filename*=UTF-8''Laporan%20%C3%91oviembre%20%E2%80%93%202026.pdf"
    )
    assert (response["Content-Type"], response["Cache-Control"]) == ("application/pdf", "no-store")
    assert b"".join(response.streaming_content) == b"%PDF"


def test_download_of_a_file_may_open_in_the_browser():
    response = download(io.BytesIO(b"PK"), 'a"b.xlsx', inline=True)
    assert response["Content-Disposition"] == "inline; filename=\"ab.xlsx\"; filename*=UTF-8''a%22b.xlsx"
    assert response["Content-Length"] == "2"


def test_export_saves_a_list_with_its_day():
    sheet = Sheet("Anggota", [Column("Nama")], [["Sri"]], totals=False)
    response = export("Buku anggota", sheet, on=datetime.date(2026, 11, 24))
    assert 'filename="buku-anggota-2026-11-24.xlsx"' in response["Content-Disposition"]
    assert openpyxl.load_workbook(io.BytesIO(response.getvalue()))["Anggota"]["A5"].value == "Sri"
