"""Who lives in the demo. Every surname is a plant or a bird, so that nobody takes them for a neighbour.

The sizes follow the study: home businesses of one to four pairs of hands, a few of five to nine, in and
around RW 13; sandals first, then bags, belts, shoes, wallets and jackets.
"""

from typing import NamedTuple


class Maker(NamedTuple):
    name: str
    is_woman: bool
    born: str
    business: str
    product: str
    rt: str
    rw: str
    since: int
    family: int
    hired: int
    weekly: int
    """What the workshop makes in a week, in units of its product."""


MAKERS = [
    Maker("Wagino Cendana", False, "1968-03-14", "Sandal Cendana", "sandals", "054", "013", 1996, 2, 4, 420),
    Maker("Sulastri Melati", True, "1972-07-02", "Melati Kulit", "bags", "054", "013", 2001, 2, 1, 18),
    Maker("Suparjo Jalak", False, "1965-11-23", "Jalak Sandal", "sandals", "053", "013", 1992, 2, 5, 480),
    Maker("Tumini Kenanga", True, "1975-01-30", "Kenanga Sandal", "sandals", "055", "013", 2005, 2, 0, 120),
    Maker("Ngadiman Sawo", False, "1970-09-08", "Sabuk Sawo", "belts", "054", "013", 1999, 2, 1, 90),
    Maker("Rubiyem Mawar", True, "1969-05-19", "Mawar Leather", "bags", "052", "013", 1998, 1, 2, 20),
    Maker("Poniran Kutilang", False, "1978-12-11", "Kutilang Sepatu", "shoes", "056", "013", 2008, 2, 2, 36),
    Maker("Sartini Cempaka", True, "1981-04-25", "Cempaka Dompet", "wallets", "054", "013", 2010, 2, 0, 45),
    Maker("Tukijo Waru", False, "1963-02-17", "Waru Sandal", "sandals", "053", "013", 1990, 3, 3, 360),
    Maker("Suminah Anggrek", True, "1977-08-06", "Anggrek Sandal", "sandals", "055", "013", 2006, 2, 0, 100),
    Maker("Paijan Merpati", False, "1974-10-28", "Merpati Sandal", "sandals", "054", "013", 2002, 2, 1, 180),
    Maker("Wartini Dahlia", True, "1983-06-13", "Dahlia Tas", "bags", "057", "013", 2012, 2, 0, 12),
    Maker("Sugimin Trembesi", False, "1967-01-05", "Trembesi Kulit", "shoes", "056", "013", 1995, 2, 3, 48),
    Maker("Painem Seruni", True, "1971-03-21", "Seruni Sandal", "sandals", "052", "013", 2000, 2, 0, 110),
    Maker("Jumadi Gelatik", False, "1980-07-16", "Gelatik Sabuk", "belts", "055", "013", 2009, 1, 1, 70),
    Maker("Kasiyem Flamboyan", True, "1966-09-27", "Flamboyan Sandal", "sandals", "053", "013", 1994, 2, 1, 160),
    Maker("Mulyadi Mahoni", False, "1976-11-09", "Mahoni Jaket", "jackets", "054", "013", 2004, 2, 2, 6),
    Maker("Tentrem Teratai", True, "1985-02-24", "Teratai Dompet", "wallets", "057", "013", 2014, 1, 0, 28),
    Maker("Sarjono Perkutut", False, "1973-05-12", "Perkutut Sandal", "sandals", "055", "013", 2003, 2, 1, 170),
    Maker("Lasmi Wijayakusuma", True, "1979-12-01", "Wijaya Sandal", "sandals", "054", "013", 2007, 2, 0, 115),
    Maker("Gunadi Asem", False, "1964-04-07", "Asem Sandal", "sandals", "052", "013", 1991, 2, 4, 400),
    Maker("Parinah Kamboja", True, "1982-10-18", "Kamboja Tas", "bags", "056", "013", 2011, 2, 1, 16),
    Maker("Sukirno Kepodang", False, "1969-06-29", "Kepodang Sepatu", "shoes", "053", "013", 1997, 2, 1, 28),
    Maker("Darmi Soka", True, "1974-02-03", "Soka Sandal", "sandals", "057", "013", 2004, 1, 0, 60),
    Maker("Bejo Nangka", False, "1986-08-15", "Nangka Sandal", "sandals", "055", "013", 2015, 2, 0, 95),
    Maker("Ratmi Gambir", True, "1978-01-26", "Gambir Sabuk", "belts", "054", "013", 2008, 2, 0, 55),
    Maker("Hadi Beringin", False, "1962-07-31", "Beringin Kulit", "bags", "056", "013", 1989, 3, 4, 40),
    Maker("Sayem Kantil", True, "1970-11-14", "Kantil Sandal", "sandals", "053", "013", 2001, 2, 0, 105),
    Maker("Yitno Sonokeling", False, "1984-03-09", "Sonokeling Sandal", "sandals", "050", "012", 2013, 2, 0, 100),
    Maker("Giyem Tanjung", True, "1976-09-20", "Tanjung Dompet", "wallets", "049", "012", 2006, 2, 0, 40),
    Maker("Karyono Murai", False, "1971-12-27", "Murai Sandal", "sandals", "050", "012", 2002, 2, 1, 165),
    Maker("Marsiyah Bougenvil", True, "1988-05-04", "Bougenvil Tas", "bags", "058", "013", 2017, 1, 0, 8),
    Maker("Slamet Ketapang", False, "1966-08-22", "Ketapang Sandal", "sandals", "058", "013", 1993, 2, 2, 240),
]

OFFICERS = [
    # login, name, woman, born, office
    ("ketua", "Bambang Puspa", False, "1961-06-10", "chair"),
    ("sekretaris", "Endang Lavender", True, "1970-02-08", "secretary"),
    ("bendahara", "Siti Rosela", True, "1968-10-03", "treasurer"),
    ("pengawas", "Harjo Bangau", False, "1959-01-16", "supervisor"),
]

SKILLS = {
    "sandals": ["Potong pola sandal", "Jahit sandal", "Pasang sol"],
    "shoes": ["Potong pola sepatu", "Lasting sepatu", "Pasang sol"],
    "bags": ["Potong pola tas", "Jahit tas", "Pasang aksesori"],
    "belts": ["Potong sabuk", "Jahit sabuk"],
    "wallets": ["Potong dompet", "Jahit dompet"],
    "jackets": ["Potong jaket", "Jahit jaket"],
}

PARTNERS = [
    # name, kind, market, city, weight among orders
    ("Galeri Batik Merapi", "buyer", "local", "Yogyakarta", 22),
    ("Toko Oleh-oleh Tugu Senja", "buyer", "local", "Yogyakarta", 16),
    ("Pedagang Pasar Lor", "buyer", "local", "Yogyakarta", 12),
    ("Grosir Sandal Bengawan", "buyer", "national", "Solo", 16),
    ("Toko Kulit Priangan", "buyer", "national", "Bandung", 14),
    ("Distributor Nusa Indah", "buyer", "national", "Denpasar", 10),
    ("Merlion Leather Trading", "buyer", "export", "Singapura", 10),
    ("Gudang Kulit Lawu", "supplier", "", "Magetan", 0),
    ("Toko Sol Tamansari", "supplier", "", "Yogyakarta", 0),
    ("Dewan Kerajinan Kota", "agency", "", "Yogyakarta", 0),
]
