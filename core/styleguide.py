"""Made-up content for the style guide: every part in its states, with the longest name and the largest sum."""

import datetime
from types import SimpleNamespace

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from core.fields import DayField, RupiahFormField

LONG_NAME = "Raden Ayu Siti Rahmawati Kusumaningrum Hadiprawira Notosoedirdjo"
DAY = datetime.date(2026, 11, 12)
COURSE = [31, 33, 36, 35, 38, 41, 40, 44, 47, 46, 49, 53]


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label=_("Name"), help_text=_("As on the identity card."))
    amount = RupiahFormField(label=_("Amount"))
    on = DayField(label=_("Date"))
    kind = forms.ChoiceField(label=_("Kind"), choices=[("a", "Sandal pria"), ("b", "Dompet kulit"), ("c", "Tas")])
    method = forms.ChoiceField(
        label=_("Method"), choices=[("cash", _("Cash")), ("bank", _("Bank transfer"))], widget=forms.RadioSelect
    )
    skills = forms.MultipleChoiceField(
        label=_("Skills"),
        choices=[("cut", "Memotong"), ("sew", "Menjahit"), ("last", "Mengopen")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed = forms.BooleanField(label=_("I have counted the money"))
    note = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    proof = forms.FileField(label=_("Photo of the receipt"), required=False)


class SampleFilter(forms.Form):
    q = forms.CharField(label=_("Name or number"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(label=_("State"), choices=[("", _("All")), ("late", _("In arrears"))], required=False)
    since = DayField(label=_("Since"), required=False)


def context():
    months = ["Des", "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov"]
    wrong = SampleForm({"name": "", "amount": "1.500,50", "on": "31/02/2026", "kind": "a"}, auto_id="wrong_%s")
    wrong.add_error(None, _("The mandatory savings of October are not paid yet. Receive them first."))
    return {
        "long_name": LONG_NAME,
        "day": DAY,
        "amounts": [50_000, 1_250_000, 12_345_678_900, -75_000],
        "rows": [
            {
                "name": "Bengkel Sumber Rejeki",
                "number": 7,
                "on": DAY,
                "amount": 1_250_000,
                "tone": "leaf",
                "state": "lunas",
            },
            {
                "name": LONG_NAME,
                "number": 12,
                "on": DAY,
                "amount": 12_345_678_900,
                "tone": "amber",
                "state": "jatuh tempo",
            },
            {
                "name": "Sandal Bu Parti",
                "number": 31,
                "on": DAY,
                "amount": 50_000,
                "tone": "brick",
                "state": "terlambat",
            },
        ],
        "total": 12_346_978_900,
        "form": SampleForm(auto_id="fine_%s", initial={"name": LONG_NAME, "amount": 12_345_678_900, "on": DAY}),
        "wrong_form": wrong,
        "filter": SimpleNamespace(form=SampleFilter(auto_id="filter_%s")),
        "page": Paginator(range(300), 50).page(2),
        "bars": [("Sandal", 4_200_000), ("Dompet", 2_750_000), ("Tas", 9_100_000), ("Retur", -400_000)],
        "months": list(zip(months, COURSE, strict=True)),
        "consequences": [
            _("The member receives a receipt with a number."),
            _("The books show the payment at once; it can only be taken back by a reversal."),
        ],
        "notices": [
            ("", "info", "Pertemuan berikutnya tanggal 12 Desember 2026."),
            ("leaf", "circle-check", "Setoran Rp 50.000 diterima. Kuitansi KW-2026-0113 siap dicetak."),
            ("amber", "triangle-alert", "Simpanan wajib Oktober belum lunas."),
            ("brick", "triangle-alert", "Pinjaman belum bisa diajukan: simpanan wajib Oktober belum lunas."),
        ],
        "badges": [
            ("leaf", "lunas"),
            ("amber", "jatuh tempo besok"),
            ("brick", "terlambat 12 hari"),
            ("indigo", "menunggu ketua"),
            ("plain", "keluar"),
        ],
        "buttons": [("primary", "Terima setoran"), ("", "Ubah"), ("danger", "Batalkan"), ("quiet", "Kembali")],
        "figures": [
            {"label": "Kas", "value": "Rp 4.250.000", "url": "#tables", "trend": COURSE},
            {"label": "Simpanan anggota", "value": "Rp 12.345.678.900", "note": "33 anggota"},
            {"label": "Tunggakan", "value": "Rp 1.250.000", "tone": "brick", "note": "3 pinjaman, tertua 42 hari"},
            {"label": "Iuran bulan ini", "value": "29 dari 33", "tone": "leaf"},
        ],
        "steps": [
            ("done", "Diajukan", "12 November 2026, Bu Parti"),
            ("done", "Penjamin setuju", "Pak Darmo"),
            ("current", "Keputusan pengurus", "menunggu ketua atau sekretaris"),
            ("", "Pencairan", "bendahara"),
        ],
        "links": [
            ("Sandal kulit pria", "4 kodi (80 pasang)", "Bengkel Sumber Rejeki, paling lambat 20 November 2026"),
            (LONG_NAME, "Rp 12.345.678.900", ""),
        ],
        "receipt": {
            "heading": "Kuitansi KW-2026-0113",
            "amount": 1_250_000,
            "words": "satu juta dua ratus lima puluh ribu rupiah",
            "party": LONG_NAME,
            "purpose": "Simpanan wajib Oktober 2026",
            "taker": "Bendahara",
        },
        "chart_titles": ("Penjualan per produk", "Simpanan", "juta rupiah"),
        "colours": ["paper", "surface", "sunken", "ink", "muted", "soga", "indigo", "leaf", "amber", "brick"],
    }
