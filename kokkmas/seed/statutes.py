"""AD, ART and a special regulation as the members adopted them at the founding, and who decides what by them."""

import datetime

from governance import services as governance
from governance.models import ActRules, DecisionKind, Statute
from governance.services import statutes
from kokkmas.seed.founding import Cooperative, decide

AD = [
    (
        1,
        "Nama dan kedudukan",
        "Koperasi Kerajinan Keparakan Mandiri Sejahtera berkedudukan di Keparakan Kidul, Yogyakarta.",
    ),
    (
        4,
        "Keanggotaan",
        "Anggota adalah perajin kulit di Keparakan Kidul dan sekitarnya yang membayar simpanan pokok dan "
        "simpanan wajib. Keanggotaan tidak dapat dipindahtangankan.",
    ),
    (
        7,
        "Pemberhentian anggota",
        "Anggota diberhentikan oleh pengurus setelah didengar. Ia boleh membela diri dalam rapat anggota berikutnya.",
    ),
    (
        9,
        "Rapat anggota",
        "Rapat anggota adalah kekuasaan tertinggi. Setiap anggota mempunyai satu suara dan tidak boleh "
        "diwakilkan.\n"
        "Rapat anggota tahunan diadakan paling lambat enam bulan setelah tahun buku ditutup.",
    ),
    (
        10,
        "Kuorum dan suara terbanyak",
        "Rapat sah bila dihadiri sekurang-kurangnya separuh anggota. Bila tidak tercapai, rapat kedua sah "
        "bila dihadiri sepertiga anggota.\n"
        "Keputusan diambil dengan musyawarah; bila tidak tercapai, dengan suara terbanyak.",
    ),
    (
        11,
        "Perubahan anggaran dasar dan pembubaran",
        "Perubahan anggaran dasar memerlukan kehadiran dan persetujuan dua pertiga; pembubaran memerlukan "
        "tiga perempat.",
    ),
    (
        13,
        "Pengurus dan pengawas",
        "Pengurus dan pengawas dipilih dari dan oleh anggota untuk paling lama lima tahun.",
    ),
    (
        18,
        "Sisa hasil usaha",
        "Pembagian sisa hasil usaha diputuskan rapat anggota tahunan.",
    ),
]
ART = [
    (
        2,
        "Pertemuan bulanan",
        "Anggota bertemu setiap tanggal 12. Iuran, daftar harga dan peraturan khusus diputuskan di sana.",
    ),
    (
        5,
        "Iuran",
        "Besarnya iuran bulanan diputuskan rapat anggota.",
    ),
    (
        8,
        "Harga bersama",
        "Harga jual terendah diputuskan rapat anggota. Siapa yang menjual di bawahnya diajak bicara lebih dulu.",
    ),
    (
        12,
        "Sanksi",
        "Sanksi diputuskan setelah anggota didengar, oleh orang lain daripada yang melaporkan.",
    ),
]
LENDING = [
    (
        1,
        "Pinjaman",
        "Syarat pinjaman diputuskan rapat anggota dalam batas undang-undang.",
    ),
    (
        6,
        "Penghapusan pinjaman",
        "Penghapusbukuan diputuskan rapat anggota; penagihan diteruskan.",
    ),
]

ACTS = [
    # act, organ, quorum, of a second meeting, majority, statute, article
    (DecisionKind.PRICE_LIST, "members_meeting", 5_000, 3_333, "simple", "ART", 8),
    (DecisionKind.RULES, "members_meeting", 5_000, 3_333, "simple", "ART", 2),
    (DecisionKind.DUES, "members_meeting", 5_000, 3_333, "simple", "ART", 5),
    (DecisionKind.ELECTION, "members_meeting", 5_000, 3_333, "simple", "AD", 13),
    (DecisionKind.REMOVAL, "members_meeting", 5_000, 3_333, "simple", "AD", 13),
    (DecisionKind.DISMISSAL, "board", 5_000, 0, "simple", "AD", 7),
    (DecisionKind.SANCTION, "board", 5_000, 0, "simple", "ART", 12),
    (DecisionKind.WRITE_OFF, "members_meeting", 5_000, 3_333, "simple", "Persus Pinjaman", 6),
    (DecisionKind.SHU, "annual_meeting", 5_000, 3_333, "simple", "AD", 18),
    (DecisionKind.REPORT, "annual_meeting", 5_000, 3_333, "simple", "AD", 9),
    (DecisionKind.BUDGET, "annual_meeting", 5_000, 3_333, "simple", "AD", 9),
    (DecisionKind.STATUTES, "members_meeting", 6_667, 6_667, "two_thirds", "AD", 11),
    (DecisionKind.DISSOLUTION, "members_meeting", 7_500, 7_500, "three_quarters", "AD", 11),
]


def start(coop: Cooperative) -> None:
    on = coop.started_on
    text = "Anggaran dasar, anggaran rumah tangga dan peraturan khusus pinjaman disahkan sebagaimana dibacakan."
    adopted = decide(coop, "Pengesahan AD, ART dan peraturan khusus", text, on=on, kind=DecisionKind.STATUTES)
    articles = {}
    for kind, title, short, texts in (
        (Statute.Kind.ASSOCIATION, "Anggaran Dasar", "AD", AD),
        (Statute.Kind.BY_LAWS, "Anggaran Rumah Tangga", "ART", ART),
        (Statute.Kind.SPECIAL, "Peraturan Khusus Pinjaman", "Persus Pinjaman", LENDING),
    ):
        statute = statutes.record_statute(kind=kind, title=title, short=short, by=coop.secretary)
        articles |= {(short, number): _adopt(coop, statute, adopted, number, *said, on=on) for number, *said in texts}
    for act, organ, quorum, second, majority, short, number in ACTS:
        governance.put_in_force(
            ActRules,
            in_force_from=on,
            decided_in=adopted,
            on=on,
            by=coop.chair,
            act=act,
            organ=organ,
            quorum_bp=quorum,
            second_quorum_bp=second,
            majority=majority,
            article=articles[short, number],
        )


def _adopt(coop, statute, adopted, number: int, heading: str, text: str, *, on: datetime.date):
    draft = statutes.propose_article(statute, number=number, heading=heading, text=text, on=on, by=coop.secretary)
    statutes.put_article_in_force(draft, decided_in=adopted, in_force_from=on, on=on, by=coop.chair)
    return draft.article
