"""The parts of templates/parts/, rendered alone: what a page relies on."""

import re
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from core.fields import DayField, RupiahFormField
from core.templatetags import charts, ui


def render(source, **context):
    return Template(source).render(Context(context))


class Form(forms.Form):
    name = forms.CharField(label="Nama", help_text="Seperti di KTP.")
    amount = RupiahFormField(label="Jumlah")
    on = DayField(label="Tanggal", required=False)
    agreed = forms.BooleanField(label="Setuju")
    method = forms.ChoiceField(label="Cara", choices=[("c", "Kas"), ("b", "Bank")], widget=forms.RadioSelect)


VALID = {"name": "Parti", "amount": "50.000", "on": "2026-11-12", "agreed": "on", "method": "c"}


def test_field_has_label_help_and_what_describes_it():
    html = str(Form()["name"].as_field_group())
    assert '<label for="id_name">Nama</label>' in html
    assert '<div class="help" id="id_name_helptext">Seperti di KTP.</div>' in html
    assert 'aria-describedby="id_name_helptext"' in html


def test_words_in_a_help_text_are_words():
    """An item was once named after a button, and the button was live in the forms of others that named the item."""
    form = Form()
    form.fields["name"].help_text = "Untuk <button formaction=/logout/>tas</button>"
    html = str(form["name"].as_field_group())
    assert "<button" not in html
    assert "&lt;button formaction=/logout/&gt;" in html


def test_field_that_may_stay_empty_says_so():
    with translation.override("id"):
        assert "(tidak wajib)" in str(Form()["on"].as_field_group())
        assert "(tidak wajib)" not in str(Form()["name"].as_field_group())


def test_wrong_field_is_marked_and_described_by_its_error():
    form = Form(VALID | {"amount": "1.500,50"})
    html = str(form["amount"].as_field_group())
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_amount_error"' in html
    assert 'id="id_amount_error"' in html
    assert 'value="1.500,50"' in html


def test_one_wrong_field_needs_no_summary():
    assert "error-summary" not in str(Form(VALID | {"name": ""}))


def test_several_wrong_fields_are_listed_with_links():
    html = str(Form(VALID | {"name": "", "amount": ""}))
    assert re.findall(r'<li><a href="(#[^"]+)">', html) == ["#id_name", "#id_amount"]


def test_refusal_of_the_whole_form_stands_on_top():
    form = Form(VALID)
    form.add_error(None, "Simpanan wajib belum lunas.")
    assert "<li>Simpanan wajib belum lunas.</li>" in str(form)


def test_rupiah_input_shows_rp_and_thousands_and_asks_for_a_number_pad():
    html = str(Form(initial={"amount": 1_250_000})["amount"])
    assert '<span aria-hidden="true">Rp</span>' in html
    assert 'value="1.250.000"' in html
    assert 'inputmode="numeric"' in html
    assert "data-amount" in html


def test_choices_are_labels_around_their_inputs_in_a_fieldset():
    html = str(Form()["method"].as_field_group())
    assert html.startswith('<fieldset class="field">')
    assert html.count('<label class="choice"') == 2


@pytest.mark.parametrize("tone", ui.BADGE_ICONS)
def test_badge_says_it_in_a_word_and_an_icon(tone):
    html = render("{% badge tone text %}", tone=tone, text="<lunas>")
    assert "&lt;lunas&gt;" in html
    assert f'class="badge {tone}"' in html
    assert "<svg" in html


def pager(page, path="/members/?q=siti&page=2"):
    request = RequestFactory().get(path)
    with translation.override("id"):
        return Template('{% include "parts/pager.html" %}').render(Context({"page": page, "request": request}))


def test_pager_keeps_the_filters_in_its_links():
    html = pager(Paginator(range(300), 50).page(2))
    assert re.findall(r'<a [^>]*href="([^"]+)"', html) == ["?q=siti&amp;page=1", "?q=siti&amp;page=3"]
    assert "51 sampai 100 dari 300 · Halaman 2 dari 6" in html


def test_pager_of_one_page_only_counts():
    html = pager(Paginator(range(7), 50).page(1))
    assert "1 sampai 7 dari 7" in html
    assert "href" not in html


def test_pager_of_nothing_is_nothing():
    assert pager(Paginator([], 50).page(1)).strip() == ""


def test_empty_state_offers_the_first_step_only_where_there_is_one():
    source = '{% include "parts/empty.html" with title="Belum ada" url=url action="Mulai" %}'
    assert 'href="/x/"' in render(source, url="/x/")
    assert "Mulai" not in render(source, url="")


def test_figure_is_a_link_to_what_it_sums():
    source = '{% include "parts/figure.html" with label="Kas" value="Rp 1" url=url tone="brick" %}'
    assert '<a class="figure brick" href="/x/">' in render(source, url="/x/")
    assert '<div class="figure brick">' in render(source, url="")


def test_filter_shows_how_to_undo_it_only_when_something_is_filtered():
    source = '{% include "parts/filter.html" %}'
    context = {"filter": SimpleNamespace(form=Form())}
    plain, filtered = (RequestFactory().get(path) for path in ("/members/", "/members/?name=x"))
    with translation.override("id"):
        assert "Hapus saringan" not in render(source, request=plain, **context)
        assert "Hapus saringan" in render(source, request=filtered, **context)


def test_confirm_says_how_much_and_what_follows():
    html = render(
        '{% include "parts/confirm.html" %}',
        title="Bayar?",
        amount=1_250_000,
        consequences=["Kuitansi dicetak."],
        action="Bayar",
        cancel="/x/",
        form="",
    )
    assert "Rp\u00a01.250.000" in html
    assert "<li>Kuitansi dicetak.</li>" in html
    assert 'href="/x/"' in html


# -- charts ----------------------------------------------------------------------------------------------------------


def test_bars_are_measured_against_the_largest_and_negative_ones_are_marked():
    context = charts.bar_chart([("Sandal", 50), ("Tas", 200), ("Retur", -100)])
    assert [(bar["width"], bar["is_below"]) for bar in context["bars"]] == [("25", False), ("100", False), ("50", True)]


def test_bars_of_nothing_and_of_zero_do_not_divide_by_zero():
    assert charts.bar_chart([])["bars"] == []
    assert charts.bar_chart([("Tas", 0), ("Sandal", None)])["bars"][0]["width"] == "0"


def test_line_runs_from_left_to_right_with_zero_at_the_bottom():
    context = charts.line_chart([("Jan", 0), ("Feb", 50), ("Mar", 100)])
    assert context["points"] == "0,100 50,50 100,0"
    assert context["scale"] == ["100", "50", "0"]
    assert context["labels"] == ["Jan", "Feb", "Mar"]


def test_line_of_many_months_names_first_middle_and_last():
    rows = [(f"m{month}", month) for month in range(1, 13)]
    assert charts.line_chart(rows)["labels"] == ["m1", "m7", "m12"]


@pytest.mark.parametrize("rows", [[], [("Jan", 0)], [("Jan", 5)], [("Jan", -5), ("Feb", -5)]])
def test_line_of_little_or_nothing_still_draws(rows):
    assert render("{% line_chart rows %}", rows=rows).count("<polyline") == 1


def test_chart_carries_its_numbers_as_a_table():
    html = render("{% line_chart rows title='Kas' unit='Rp' %}", rows=[("Jan", 1_250_000)])
    assert '<th scope="row">Jan</th><td class="num">1.250.000</td>' in html


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (999, "999"), (1_000, "1 rb"), (1_250_000, "1,2 jt"), (12_345_678_900, "12,3 M"), (-2_000_000, "−2 jt")],
)
def test_short_number_as_indonesians_write_it(value, text):
    with translation.override("id"):
        assert charts.short_number(value) == text
