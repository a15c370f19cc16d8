"""What the demo cooperative makes and buys, with prices in whole rupiah as seen in Keparakan."""

ITEMS = [
    # code, name, kind, unit, product of the register it belongs to, first price, price after the second year's meeting
    ("SD-01", "Sandal jepit kulit", "product", "pair", "sandals", 12_500, 13_000),
    ("SD-02", "Sandal selop wanita", "product", "pair", "sandals", 14_000, 15_000),
    ("SD-03", "Sandal anak", "product", "pair", "sandals", 10_000, 10_500),
    ("TS-01", "Tas selempang kulit", "product", "piece", "bags", 250_000, 265_000),
    ("TS-02", "Tas tote kulit", "product", "piece", "bags", 325_000, 340_000),
    ("SB-01", "Ikat pinggang polos", "product", "piece", "belts", 80_000, 85_000),
    ("SB-02", "Ikat pinggang ukir", "product", "piece", "belts", 150_000, 160_000),
    ("SP-01", "Sepatu pantofel kulit", "product", "pair", "shoes", 185_000, 195_000),
    ("DP-01", "Dompet kulit", "product", "piece", "wallets", 125_000, 130_000),
    ("JK-01", "Jaket kulit domba", "product", "piece", "jackets", 1_250_000, 1_300_000),
    ("KL-01", "Kulit sapi nabati", "material", "sqft", "", 33_000, 34_500),
    ("KL-02", "Kulit domba", "material", "sqft", "", 6_500, 7_000),
]

SMALLEST_LOTS = {"SD-01": 10, "SD-02": 10, "SD-03": 10, "TS-01": 2, "SB-01": 10, "SB-02": 5, "SP-01": 4, "DP-01": 5}
"""So many are worth giving to one workshop (assumed: half a kodi of sandals, less of what takes hours)."""

WORK = {
    # minutes of cutting, sewing, lasting, finishing for one; what nobody has measured is left out
    "SD-01": (6, 8, 6, 4),
    "SD-02": (7, 10, 7, 5),
    "SD-03": (5, 7, 5, 3),
    "TS-01": (45, 180, 0, 30),
    "TS-02": (60, 240, 0, 40),
    "SB-01": (8, 12, 0, 10),
    "SB-02": (8, 12, 0, 60),
    "SP-01": (30, 75, 90, 30),
    "DP-01": (15, 55, 0, 15),
}
