"""Cash and bank in the browser: who may open what, and a payment from the form to its paper."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.forms import Form
from core.permissions import Permission
from core.uploads import Upload
from ledger import chart
from ledger.services import credit, debit
from tests.builders import a_journal
from tests.papers import a_pdf, words_on
from tests.treasury.builders import a_bank, a_voucher, account, bca, category, money_in, spending_rules
from treasury import services
from treasury.models import BankStatement, CashCount, PaymentRequest, Transfer, Voucher, VoucherTemplate

pytestmark = pytest.mark.django_db


def token():
    return str(Form()["token"].value())


@pytest.fixture
def rows(treasurer, chair, books):
    """One of everything, by its key."""
    spending_rules(by=chair)
    bank = a_bank(treasurer)
    money_in(treasurer)
    voucher = a_voucher(treasurer)
    lines = [debit(chart.OFFICE, 1_000), credit(chart.MEETINGS, 1_000)]
    return {
        "voucher": voucher.pk,
        "paper": services.add_paper(
            voucher, file=Upload("2.pdf", "application/pdf", b"%PDF-2"), on=voucher.on, by=treasurer
        ).pk,
        "journal": a_journal(lines, on=voucher.on, by=treasurer).pk,
        "request": a_voucher(treasurer, amount=2_000_000).pk,
        "bank": bank.pk,
        "count": services.count_cash(
            unit="usp", pieces={}, witness="Bu Parti", on=voucher.on, by=treasurer
        ).pk,
        "template": services.save_template(
            by=treasurer, name="Listrik", unit="umum", category=category(), payee="PLN", purpose="Listrik",
            amount=150_000, channel="cash", day_of_month=5,
        ).pk,
        "transfer": services.transfer(
            source=account(), target=account(unit="usp"), amount=1_000, purpose="x", on=voucher.on, by=treasurer
        ).pk,
    }  # fmt: skip


PAGES = [
    ("index", None, Permission.LEDGER_VIEW),
    ("vouchers", None, Permission.LEDGER_VIEW),
    ("export-vouchers", None, Permission.LEDGER_VIEW),
    ("record-voucher", "in", Permission.VOUCHER_POST),
    ("record-voucher", "out", Permission.VOUCHER_POST),
    ("voucher", "voucher", Permission.LEDGER_VIEW),
    ("voucher-paper", "voucher", Permission.LEDGER_VIEW),
    ("voucher-small", "voucher", Permission.LEDGER_VIEW),
    ("add-paper", "voucher", Permission.VOUCHER_POST),
    ("added-paper", "paper", Permission.LEDGER_VIEW),
    ("reverse-voucher", "voucher", Permission.ENTRY_REVERSE),
    ("journal", "journal", Permission.LEDGER_VIEW),
    ("journal-paper", "journal", Permission.LEDGER_VIEW),
    ("reverse-journal", "journal", Permission.ENTRY_REVERSE),
    ("record-journal", None, Permission.ENTRY_POST),
    ("templates", None, Permission.LEDGER_VIEW),
    ("add-template", None, Permission.VOUCHER_POST),
    ("template", "template", Permission.VOUCHER_POST),
    ("post-template", "template", Permission.VOUCHER_POST),
    ("end-template", "template", Permission.VOUCHER_POST),
    ("requests", None, Permission.LEDGER_VIEW),
    ("request", "request", Permission.LEDGER_VIEW),
    ("confirm-payment", "request", Permission.PAYMENT_CONFIRM),
    ("decline-payment", "request", Permission.PAYMENT_CONFIRM),
    ("withdraw-request", "request", Permission.LEDGER_VIEW),
    ("cash-counts", None, Permission.LEDGER_VIEW),
    ("count-cash", None, Permission.CASH_COUNT),
    ("cash-count", "count", Permission.LEDGER_VIEW),
    ("cash-count-paper", "count", Permission.LEDGER_VIEW),
    ("open-bank-account", None, Permission.BANK_KEEP),
    ("bank-account", "bank", Permission.LEDGER_VIEW),
    ("set-mapping", "bank", Permission.BANK_KEEP),
    ("close-bank-account", "bank", Permission.BANK_KEEP),
    ("import-statement", "bank", Permission.BANK_KEEP),
    ("transfer", None, Permission.VOUCHER_POST),
    ("transfer-paper", "transfer", Permission.LEDGER_VIEW),
    ("reverse-transfer", "transfer", Permission.ENTRY_REVERSE),
]


def address(name, of, rows):
    if name == "record-journal":
        return reverse(name)
    if of in ("in", "out"):
        return reverse(f"treasury:{name}", args=[of])
    return reverse(f"treasury:{name}", args=[rows[of]] if of else [])


@pytest.mark.parametrize("role", ["treasurer", "chair", "secretary", "supervisor", "maintainer"])
def test_every_page_opens_for_its_roles_and_no_other(rows, client, request, role):
    user = request.getfixturevalue(role)
    client.force_login(user)
    for name, of, permission in PAGES:
        assert (name, client.get(address(name, of, rows)).status_code) == (name, 200 if user.can(permission) else 403)


def test_payment_above_the_limit_from_the_form_to_its_paper(treasurer, chair, books, client):
    spending_rules(by=chair)
    money_in(treasurer)
    client.force_login(treasurer)
    typed = {
        "unit": "umum", "category": category("rent").pk, "payee": "Bu Parti", "purpose": "Sewa setahun",
        "amount": "2.500.000", "channel": "cash", "on": "2026-03-12", "token": token(),
        "paper": a_pdf(),
    }  # fmt: skip
    response = client.post(reverse("treasury:record-voucher", args=["out"]), typed)
    payment = PaymentRequest.objects.get()
    assert response.url == reverse("treasury:request", args=[payment.pk])
    assert words_on(client.get(reverse("treasury:request-bill", args=[payment.pk])).content) == "nota"

    assert "Tarik kembali" in client.get(response.url).content.decode()

    client.force_login(chair)
    assert "Bu Parti" in client.get(reverse("treasury:index")).content.decode()
    client.post(reverse("treasury:confirm-payment", args=[payment.pk]), {"token": token()})
    voucher = Voucher.objects.get(payee="Bu Parti")
    assert words_on(client.get(reverse("treasury:voucher-bill", args=[voucher.pk])).content) == "nota"
    assert voucher.entry_id


def test_template_fills_the_voucher_in(rows, treasurer, client):
    client.force_login(treasurer)
    page = client.get(reverse("treasury:record-voucher", args=["out"]), {"template": rows["template"]}).content.decode()
    assert 'value="PLN"' in page
    assert 'value="150.000"' in page
    assert VoucherTemplate.objects.count() == 1


def test_count_is_added_up_before_it_is_kept(treasurer, books, client):
    money_in(treasurer, amount=102_000)
    client.force_login(treasurer)
    typed = {"unit": "umum", "on": "2026-03-12", "witness": "Bu Parti", "pieces_100000": "1", "token": token()}
    page = client.post(reverse("treasury:count-cash"), typed | {"sum": "1"}).content.decode()
    assert "Rp\xa0102.000" in page
    assert CashCount.objects.count() == 0
    kept = client.post(reverse("treasury:count-cash"), typed | {"keep": "1"})
    assert kept.status_code == 200  # the difference has no reason yet
    assert 'value="Bu Parti"' in kept.content.decode()
    client.post(reverse("treasury:count-cash"), typed | {"keep": "1", "reason": "uang kembalian", "token": token()})
    assert CashCount.objects.get().difference == -2_000


def test_statement_is_imported_and_what_is_ticked_confirmed(treasurer, books, client):
    bank = a_bank(treasurer)
    money_in(treasurer, channel="bank")
    client.force_login(treasurer)
    file = SimpleUploadedFile("maret.csv", bca((12, "DINAS KOPERASI", "5,000,000.00 CR")), "text/csv")
    client.post(reverse("treasury:import-statement", args=[bank.pk]), {"file": file, "token": token()})
    movement = BankStatement.objects.get().lines.get()
    page = client.get(reverse("treasury:bank-account", args=[bank.pk])).content.decode()
    assert f'value="{movement.pk}:' in page
    filled = client.get(reverse("treasury:record-voucher", args=["in"]), {"movement": movement.pk}).content.decode()
    assert 'value="5.000.000"' in filled
    assert 'value="DINAS KOPERASI"' in filled
    line = account("1102").lines.get()
    client.post(reverse("treasury:match", args=[bank.pk]), {"pair": [f"{movement.pk}:{line.pk}", "nonsense"]})
    movement.refresh_from_db()
    assert movement.matched == line
    client.post(reverse("treasury:unmatch", args=[movement.pk]))
    movement.refresh_from_db()
    assert movement.matched is None


def test_wrong_statement_leaves_a_sentence_on_the_form(treasurer, books, client):
    bank = a_bank(treasurer)
    client.force_login(treasurer)
    file = SimpleUploadedFile("x.csv", b"\x00", "text/csv")
    page = client.post(reverse("treasury:import-statement", args=[bank.pk]), {"file": file, "token": token()})
    assert "CSV" in page.content.decode()
    assert BankStatement.objects.count() == 0


def test_transfer_in_the_browser(treasurer, books, client):
    money_in(treasurer)
    client.force_login(treasurer)
    typed = {
        "source": account().pk, "target": account("1102").pk, "amount": "1.000.000", "purpose": "setor ke bank",
        "on": "2026-03-12", "token": token(),
    }  # fmt: skip
    client.post(reverse("treasury:transfer"), typed)
    assert Transfer.objects.get().amount == 1_000_000


def test_entry_leads_to_the_book_that_posted_it(treasurer, books, client):
    money_in(treasurer)
    voucher = a_voucher(treasurer)
    client.force_login(treasurer)
    page = client.get(reverse("ledger:entry", args=[voucher.entry_id]))
    assert page.context["origin"] == reverse("treasury:voucher", args=[voucher.pk])


def test_due_template_is_posted_with_one_tap(treasurer, books, client, monkeypatch):
    money_in(treasurer)
    template = services.save_template(
        by=treasurer, name="Listrik", unit="umum", category=category(), payee="PLN", purpose="Listrik",
        amount=150_000, channel="cash", day_of_month=1,
    )  # fmt: skip
    client.force_login(treasurer)
    for page in ("index", "templates"):
        found = client.get(reverse(f"treasury:{page}")).content.decode()
        assert f'action="{reverse("treasury:post-template", args=[template.pk])}"' in found
    [sent] = re.findall(r'name="token" value="([^"]+)"', found)
    answer = client.post(reverse("treasury:post-template", args=[template.pk]), {"token": sent})
    assert answer.url == reverse("treasury:voucher", args=[Voucher.objects.get(template=template).pk])
    assert "post-template" not in client.get(reverse("treasury:index")).content.decode()
    again = client.post(reverse("treasury:post-template", args=[template.pk]), {"token": token()})
    assert "sudah" in again.content.decode()
    assert Voucher.objects.filter(template=template).count() == 1


def test_bank_account_pays_for_its_own_unit(treasurer, books, client):
    a_bank(treasurer)
    a_bank(treasurer, bank="Mandiri", number="137", unit="usp")
    client.force_login(treasurer)
    typed = {
        "unit": "umum", "category": category("grant or donation").pk, "payee": "Dinas", "purpose": "Hibah",
        "amount": "500.000", "channel": "bank:1102:usp", "on": "2026-03-12", "token": token(),
    }  # fmt: skip
    address = reverse("treasury:record-voucher", args=["in"])
    assert "unit lain" in client.post(address, typed).content.decode()
    client.post(address, typed | {"channel": "bank:1102:umum", "token": token()})
    assert Voucher.objects.get().entry.unit == "umum"


def test_index_and_request_pages_ask_a_constant_number_of_queries(rows, treasurer, client):
    client.force_login(treasurer)

    def asked(address):
        with CaptureQueriesContext(connection) as found:
            client.get(address)
        return len(found)

    pages = [reverse("treasury:index"), reverse("treasury:requests"), reverse("treasury:templates")]
    before = [asked(page) for page in pages]
    for number in range(4):
        a_bank(treasurer, bank=f"Bank {number}", number=f"9{number}")
        a_voucher(treasurer, amount=1_100_000 + number)
        services.save_template(
            by=treasurer, name=f"Nomor {number}", unit="umum", category=category(), payee="PLN", purpose="x",
            amount=1_000, channel="cash", day_of_month=1,
        )  # fmt: skip
    assert [asked(page) for page in pages] == before


def test_nothing_is_chosen_for_whoever_posts_a_voucher(treasurer, books, client):
    """The first category of the list took the interest of a bank for a gift to the social fund."""
    client.force_login(treasurer)
    address = reverse("treasury:record-voucher", args=["in"])
    assert client.get(address).context["form"]["category"].value() is None
    typed = {"unit": "umum", "payee": "BCA", "purpose": "Bunga", "amount": "4.210", "channel": "cash",
             "on": "2026-03-12", "token": token()}  # fmt: skip
    assert "category" in client.post(address, typed).context["form"].errors
    assert not Voucher.objects.exists()


def test_a_transfer_names_the_bank_and_the_unit(rows, treasurer, client):
    client.force_login(treasurer)
    page = client.get(reverse("treasury:index")).content.decode()
    assert "Kas, unit umum → Kas, unit simpan pinjam" in page
    form = client.get(reverse("treasury:transfer")).content.decode()
    assert "BCA 0371234567, unit umum" in form
    assert ">Dari<" in form.replace("\n", "").replace(" ", "")


@pytest.mark.parametrize("act", ["confirm-payment", "decline-payment"])
def test_an_answered_payment_is_not_answered_again(rows, treasurer, chair, client, act):
    request = PaymentRequest.objects.get(pk=rows["request"])
    services.withdraw_request(request, on=request.on, by=treasurer)
    client.force_login(chair)
    page = client.get(reverse(f"treasury:{act}", args=[request.pk])).content.decode()
    assert "sudah dijawab" in page
    assert reverse("treasury:request", args=[request.pk]) in page


def test_where_nothing_is_decided_the_page_leads_to_the_board(treasurer, chair, books, client):
    spending_rules(by=chair, decision_above=5_000_000)
    money_in(treasurer, amount=9_000_000)
    request = a_voucher(treasurer, amount=6_000_000)
    client.force_login(chair)
    page = client.get(reverse("treasury:confirm-payment", args=[request.pk])).content.decode()
    link = f"{reverse('governance:propose-resolution')}?kind=spending&amp;about={request.pk}"
    assert link in page
    asked = client.get(link.replace("&amp;", "&"))
    assert asked.context["form"]["about"].value() == str(request.pk)


def test_a_confirmed_payment_leads_to_its_paper(rows, chair, client):
    request = PaymentRequest.objects.get(pk=rows["request"])
    _request, voucher = services.confirm_payment(request, on=request.on, by=chair)
    client.force_login(chair)
    page = client.get(reverse("treasury:request", args=[request.pk])).content.decode()
    assert reverse("treasury:voucher", args=[voucher.pk]) in page
