import io
import re

import openpyxl
import pytest
from django.utils.translation import gettext
from pypdf import PdfReader

from core.permissions import Role
from reports import checks
from tests import builders
from tests.reports.conftest import run_around_the_guards

PAGES = ["/reports/", "/reports/books/", "/reports/workbook/?month=2026-11", "/reports/paper/?month=2026-11"]


@pytest.fixture
def reader(client, november, supervisor):
    client.force_login(supervisor)
    return client


@pytest.mark.parametrize("url", PAGES)
@pytest.mark.parametrize("role", [Role.CHAIR, Role.SECRETARY, Role.TREASURER, Role.SUPERVISOR])
def test_reports_open_for_every_officer(client, november, url, role):
    client.force_login(builders.a_user(role, username=f"officer-{role}"))
    assert client.get(url).status_code == 200


@pytest.mark.parametrize("url", PAGES)
@pytest.mark.parametrize("role", [Role.MEMBER, Role.MAINTAINER])
def test_reports_are_closed_to_others(client, november, url, role):
    client.force_login(builders.a_user(role, username=f"stranger-{role}"))
    assert client.get(url).status_code == 403


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_monthly_page_shows_the_month_with_links_to_what_it_sums(reader):
    response = reader.get("/reports/?month=2026-11")
    assert "Saldo akhir 334.000 227.000 561.000" in text_of(response)
    assert "SHU sejak Januari 14.000 65.000 79.000" in text_of(response)
    links = re.findall(r'<td[^>]*>\s*<a href="([^"]+)">', response.content.decode())
    assert len(links) >= 20
    for link in set(links):
        assert reader.get(link.replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize("asked", ["2026-13", "nonsense", "1999-01", "", "2026-11-01; DROP"])
def test_monthly_page_asked_for_nonsense_shows_the_newest_month_and_says_so(reader, asked):
    response = reader.get("/reports/", {"month": asked})
    assert response.status_code == 200
    assert response.context["month"].month == response.context["form"].months[0]
    assert response.context["form"].errors["month"]


def test_monthly_page_without_books_says_how_they_begin(client, supervisor):
    client.force_login(supervisor)
    assert "Belum ada pembukuan" in text_of(client.get("/reports/"))


@pytest.mark.parametrize("url", ["/reports/workbook/", "/reports/paper/"])
@pytest.mark.parametrize("asked", ["", "?month=1999-01", "?month=x"])
def test_documents_of_unknown_months_do_not_exist(reader, url, asked):
    assert reader.get(url + asked).status_code == 404


def test_workbook_downloads_under_the_name_of_its_month(reader):
    response = reader.get("/reports/workbook/?month=2026-11")
    assert 'filename="laporan-2026-11.xlsx"' in response["Content-Disposition"]
    assert openpyxl.load_workbook(io.BytesIO(response.getvalue())).sheetnames[0] == "Ringkasan"


def test_paper_is_one_page_with_the_figures_and_who_signs(reader):
    [page] = PdfReader(io.BytesIO(reader.get("/reports/paper/?month=2026-11").getvalue())).pages
    lines = [line.strip() for line in page.extract_text().splitlines()]
    for line in (
        "Laporan bulan November 2026",
        "Aset 634.000 227.000 861.000",
        "SHU sejak Januari 14.000 65.000 79.000",
        "Yogyakarta, 30 November 2026",
        "Bendahara Ketua Pengawas",
    ):
        assert line in lines


def test_months_of_the_page_cost_the_same_questions(reader, django_assert_num_queries):
    with django_assert_num_queries(24):
        reader.get("/reports/?month=2026-11")
    with django_assert_num_queries(24):
        reader.get("/reports/?month=2024-01")


def test_books_page_is_green_when_everything_agrees(reader):
    response = reader.get("/reports/books/")
    assert "Semua pemeriksaan lolos" in text_of(response)
    assert text_of(response).count("lolos ") >= len(list(checks.FOLDER.glob("*.sql")))


def test_books_page_shows_what_does_not_agree(reader):
    run_around_the_guards("UPDATE ledger_line SET debit = debit + 1 WHERE id = (SELECT min(id) FROM ledger_line)")
    text = text_of(reader.get("/reports/books/"))
    assert "pemeriksaan tidak lolos" in text
    assert "1 baris" in text


def test_every_check_says_its_promise_in_indonesian():
    for path in checks.FOLDER.glob("*.sql"):
        promise = checks.promise(path)
        assert promise.endswith(".")
        assert gettext(promise) != promise
