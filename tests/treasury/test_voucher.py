import datetime
import io

import pytest
from django.db import DatabaseError, transaction
from pypdf import PdfReader

from core.models import AuditEvent
from core.uploads import Upload
from ledger import chart
from ledger.channels import Channel, Way
from ledger.models import Unit
from ledger.queries import account_balance
from tests.books import assert_clean
from tests.builders import CAPITAL
from tests.ledger.builders import run
from tests.treasury.builders import DAY, a_bank, a_voucher, category, money_in, spending_rules
from treasury import papers, services
from treasury.errors import TreasuryRefused
from treasury.models import Voucher, VoucherCategory, VoucherTemplate
from treasury.queries.voucher import due_templates

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("capital")]


def lines(voucher):
    return {line.account.code: line.debit - line.credit for line in voucher.entry.lines.select_related("account")}


def test_money_out_is_posted_as_its_category_says(treasurer, books):
    money_in(treasurer)
    voucher = a_voucher(treasurer)
    assert (voucher.number, voucher.entry.reference) == ("BKK-2026-0001", "voucher:BKK-2026-0001")
    assert lines(voucher) == {chart.OFFICE: 150_000, chart.CASH: -150_000}
    assert_clean(DAY)


def test_money_in_has_a_series_of_its_own_without_gaps(treasurer, books):
    assert [money_in(treasurer).number, a_voucher(treasurer).number, money_in(treasurer).number] == [
        "BKM-2026-0001",
        "BKK-2026-0001",
        "BKM-2026-0002",
    ]
    assert account_balance(Unit.UMUM, chart.CASH, as_of=DAY) - CAPITAL == 9_850_000


def test_the_bill_is_kept_with_it(treasurer, books):
    bill = Upload("nota.pdf", "application/pdf", b"%PDF-1.4 nota")
    assert bytes(a_voucher(treasurer, paper=bill).paper.content) == b"%PDF-1.4 nota"


def test_reversal_undoes_the_entry_and_keeps_the_number(treasurer, chair, books):
    voucher = services.reverse_voucher(a_voucher(treasurer), reason="salah ketik", on=DAY, by=chair)
    assert (voucher.number, voucher.reversal_reason, voucher.is_reversed) == ("BKK-2026-0001", "salah ketik", True)
    assert account_balance(Unit.UMUM, chart.OFFICE, as_of=DAY) == 0
    assert AuditEvent.objects.filter(action="voucher.reversed").count() == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"by": "treasurer"}, "yourself"),
        ({"reason": "  "}, "reason"),
        ({"on": DAY - datetime.timedelta(days=1)}, "before"),
    ],
)
def test_reversal_needs_somebody_else_a_reason_and_a_later_day(treasurer, chair, books, change, said, settings):
    settings.LANGUAGE_CODE = "en"
    facts = {"reason": "salah", "on": DAY, "by": chair} | change
    facts["by"] = treasurer if facts["by"] == "treasurer" else facts["by"]
    with pytest.raises(TreasuryRefused, match=said):
        services.reverse_voucher(a_voucher(treasurer), **facts)


def test_reversed_twice_is_refused(treasurer, chair, books):
    voucher = services.reverse_voucher(a_voucher(treasurer), reason="salah", on=DAY, by=chair)
    with pytest.raises(TreasuryRefused):
        services.reverse_voucher(voucher, reason="lagi", on=DAY, by=chair)


def test_category_that_is_no_longer_offered_is_refused(treasurer, books):
    VoucherCategory.objects.filter(name="rent").update(is_active=False)
    with pytest.raises(TreasuryRefused):
        a_voucher(treasurer, of="rent")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE treasury_voucher SET amount = 1",
        "UPDATE treasury_voucher SET number = 'BKK-2026-0009'",
        "DELETE FROM treasury_voucher",
        "UPDATE treasury_voucher SET reversed_on = \"on\", reversed_by_id = by_id, reversal_reason = 'x'",
        'UPDATE treasury_voucher SET reversed_on = "on"',
        "UPDATE treasury_vouchercategory SET account_code = '1101'",
        "DELETE FROM treasury_vouchercategory",
    ],
)
def test_database_refuses_whoever_writes_around_the_services(treasurer, books, statement):
    a_voucher(treasurer)
    with pytest.raises(DatabaseError), transaction.atomic():
        run(statement)


@pytest.mark.parametrize(
    ("columns", "values"),
    [("amount", "0"), ("direction", "'up'"), ("channel", "'savings'")],
)
def test_database_refuses_a_voucher_that_makes_no_sense(treasurer, books, columns, values):
    voucher = a_voucher(treasurer)
    names = [
        field.column for field in Voucher._meta.fields if field.column not in ("id", columns, "number", "entry_id")
    ]
    picked = ", ".join(f'"{name}"' for name in names)
    with pytest.raises(DatabaseError), transaction.atomic():
        run(
            f'INSERT INTO treasury_voucher (number, entry_id, "{columns}", {picked})'
            f" SELECT 'X-1', (SELECT max(id) FROM ledger_entry WHERE id <> {voucher.entry_id}), {values}, {picked}"
            " FROM treasury_voucher"
        )


def test_paper_has_the_amount_in_words(treasurer, books):
    text = PdfReader(io.BytesIO(papers.voucher(a_voucher(treasurer)))).pages[0].extract_text()
    assert "BKK-2026-0001" in text
    assert "seratus lima puluh ribu rupiah" in text.lower()


def a_template(treasurer, **facts):
    facts = {
        "name": "Listrik", "unit": "umum", "category": category(), "payee": "PLN", "purpose": "Listrik",
        "amount": 150_000, "channel": "cash", "day_of_month": 5,
    } | facts  # fmt: skip
    return services.save_template(by=treasurer, **facts)


APRIL = datetime.date(2026, 4, 5)


def test_template_is_due_from_its_day_until_the_voucher_of_the_month_is_posted(treasurer, chair, books):
    template = a_template(treasurer)
    assert due_templates(as_of=DAY.replace(day=4)) == []
    assert due_templates(as_of=DAY) == [template]
    voucher = services.post_template(template, on=DAY, by=treasurer)
    assert (voucher.amount, voucher.payee, voucher.due_month) == (150_000, "PLN", DAY.replace(day=1))
    assert due_templates(as_of=DAY) == []
    assert due_templates(as_of=APRIL) == [template]
    services.reverse_voucher(voucher, reason="salah", on=DAY, by=chair)
    assert due_templates(as_of=DAY) == [template]
    services.end_template(template, on=DAY, by=treasurer)
    assert due_templates(as_of=DAY) == []
    assert AuditEvent.objects.filter(action__startswith="template.").count() == 2


def test_month_of_a_template_has_one_voucher(treasurer, chair, books):
    template = a_template(treasurer)
    voucher = services.post_template(template, on=DAY, by=treasurer)
    with pytest.raises(TreasuryRefused):
        services.post_template(template, on=DAY, by=treasurer)
    with pytest.raises(TreasuryRefused):  # filled in by hand with another sum
        a_voucher(treasurer, amount=160_000, template=template)
    services.reverse_voucher(voucher, reason="salah", on=DAY, by=chair)
    services.post_template(template, on=DAY, by=treasurer)
    services.post_template(template, on=APRIL, by=treasurer)
    with pytest.raises(DatabaseError), transaction.atomic():
        run("UPDATE treasury_voucher SET reversed_on = NULL, reversed_by_id = NULL, reversal_reason = ''")


def test_template_above_the_limit_waits_once_for_its_month(treasurer, chair, books):
    spending_rules(by=chair, alone_up_to=100_000)
    template = a_template(treasurer)
    request = services.post_template(template, on=DAY, by=treasurer)
    assert due_templates(as_of=DAY) == []
    with pytest.raises(TreasuryRefused):
        services.post_template(template, on=DAY, by=treasurer)
    _request, voucher = services.confirm_payment(request, on=APRIL, by=chair)
    assert (voucher.template, voucher.due_month, voucher.on) == (template, DAY.replace(day=1), APRIL)
    assert due_templates(as_of=APRIL) == [template]


def test_template_without_a_day_is_posted_as_often_as_it_comes(treasurer, books):
    template = a_template(treasurer, day_of_month=None)
    assert due_templates(as_of=DAY) == []
    assert {services.post_template(template, on=DAY, by=treasurer).due_month for _time in range(2)} == {None}


def test_template_without_an_amount_is_filled_in(treasurer, books):
    with pytest.raises(TreasuryRefused):
        services.post_template(a_template(treasurer, amount=None), on=DAY, by=treasurer)


def test_template_remembers_which_bank_account_pays(treasurer, books):
    bank = [a_bank(treasurer, bank=name, number=number) for name, number in (("BCA", "1"), ("BRI", "2"))][1]
    money_in(treasurer, channel=Way(Channel.BANK, bank.account.code))
    template = a_template(treasurer, channel=Way(Channel.BANK, bank.account.code))
    assert lines(services.post_template(template, on=DAY, by=treasurer)) == {chart.OFFICE: 150_000, "1103": -150_000}


def test_second_photo_is_added_later_and_stays(treasurer, books):
    voucher = a_voucher(treasurer)
    added = services.add_paper(voucher, file=Upload("2.pdf", "application/pdf", b"%PDF-2"), on=DAY, by=treasurer)
    assert bytes(added.file.content) == b"%PDF-2"
    with pytest.raises(DatabaseError), transaction.atomic():
        run("DELETE FROM treasury_voucherpaper")


@pytest.mark.parametrize("make", [papers.voucher, lambda voucher: papers.voucher(voucher, small=True)])
def test_who_confirmed_signs_the_paper(treasurer, chair, books, make):
    spending_rules(by=chair)
    request = a_voucher(treasurer, amount=2_000_000)
    _request, voucher = services.confirm_payment(request, on=DAY, by=chair)
    text = PdfReader(io.BytesIO(make(voucher))).pages[0].extract_text()
    assert chair.name in text
    assert "Disetujui oleh" in text


def test_template_keeps_its_name_to_itself(treasurer, books):
    template = a_template(treasurer)
    assert a_template(treasurer, name="Sewa", category=category("rent")).direction == "out"
    with pytest.raises(TreasuryRefused):
        a_template(treasurer, name="listrik")
    assert services.save_template(by=treasurer, template=template, name="Listrik", unit="usp", category=category(),
        payee="PLN", purpose="Listrik", amount=None, channel="cash", day_of_month=None).amount is None  # fmt: skip
    assert VoucherTemplate.objects.count() == 2
