import datetime
import io

import openpyxl
import pytest

from core.http import download, export, page_of
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


def test_stranger_is_sent_to_the_login_and_comes_back(client, db):
    assert client.get("/inbox/?page=2&x=a b").url == "/login/?next=/inbox/%3Fpage%3D2%26x%3Da%2520b"


def test_stranger_who_asks_for_a_fragment_is_sent_there_with_the_whole_page(client, db):
    asked = {"HX-Request": "true", "HX-Current-URL": "http://testserver/members/?q=siti"}
    response = client.get("/members/?q=sit", headers=asked)
    assert response["HX-Redirect"] == "/login/?next=/members/%3Fq%3Dsiti"


def test_wrong_role_is_forbidden_and_right_role_is_let_in(client, maintainer, treasurer):
    client.force_login(maintainer)
    assert client.get("/members/").status_code == 403
    client.force_login(treasurer)
    assert client.get("/members/").status_code == 200


@pytest.mark.parametrize("asked", ["", "?page=x", "?page=", "?page=1"])
def test_page_that_is_nonsense_is_the_first(rf, asked):
    assert list(page_of(rf.get(f"/{asked}"), range(120))) == list(range(50))


@pytest.mark.parametrize("asked", ["?page=99", "?page=0", "?page=-1"])
def test_page_that_does_not_exist_is_the_last(rf, asked):
    assert list(page_of(rf.get(f"/{asked}"), range(120))) == list(range(100, 120))
