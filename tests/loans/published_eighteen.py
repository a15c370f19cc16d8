"""Five schedules of Fineract for the same loan: 5,000 at 12 % a year over eighteen months from 1 November 2022.

From fineract-e2e-tests-runner, LoanRepayment.feature, scenarios RS01 to RS05, apache/fineract at 4198b0b (2024-10-24):
principal, interest and balance of every row. Left out: RS06 and RS07, whose interest is free or comes later, which the
cooperative does not do.
"""

import datetime

from tests.loans.published import Published


def _rows(text):
    """`principal interest balance` a line, with decimals, as hundredths by the number of the row."""
    lines = [tuple(round(float(part) * 100) for part in line.split()) for line in text.split("\n") if line]
    return dict(enumerate(lines, 1))


FEATURE = "Fineract LoanRepayment.feature "
START = datetime.date(2022, 11, 1)
EIGHTEEN = {"principal": 5000_00, "rate": "12", "rate_per": "year", "instalments": 18, "rounding": "half_even"}

RS01 = _rows("""
278.0 50.0 4722.0
278.0 50.0 4444.0
278.0 50.0 4166.0
278.0 50.0 3888.0
278.0 50.0 3610.0
278.0 50.0 3332.0
278.0 50.0 3054.0
278.0 50.0 2776.0
278.0 50.0 2498.0
278.0 50.0 2220.0
278.0 50.0 1942.0
278.0 50.0 1664.0
278.0 50.0 1386.0
278.0 50.0 1108.0
278.0 50.0 830.0
278.0 50.0 552.0
278.0 50.0 274.0
274.0 50.0 0.0
""")

RS02 = _rows("""
255.0 50.0 4745.0
257.55 47.45 4487.45
260.13 44.87 4227.32
262.73 42.27 3964.59
265.35 39.65 3699.24
268.01 36.99 3431.23
270.69 34.31 3160.54
273.39 31.61 2887.15
276.13 28.87 2611.02
278.89 26.11 2332.13
281.68 23.32 2050.45
284.5 20.5 1765.95
287.34 17.66 1478.61
290.21 14.79 1188.4
293.12 11.88 895.28
296.05 8.95 599.23
299.01 5.99 300.22
300.22 3.0 0.0
""")

RS03 = _rows("""
255.68 49.32 4744.32
256.65 48.35 4487.67
259.26 45.74 4228.41
266.08 38.92 3962.33
264.62 40.38 3697.71
268.53 36.47 3429.18
270.05 34.95 3159.13
273.84 31.16 2885.29
275.59 29.41 2609.7
278.4 26.6 2331.3
282.01 22.99 2049.29
284.11 20.89 1765.18
287.59 17.41 1477.59
289.94 15.06 1187.65
292.9 12.1 894.75
296.47 8.53 598.28
298.9 6.1 299.38
299.38 2.95 0.0
""")

RS04 = _rows("""
277.78 50.0 4722.22
277.78 47.22 4444.44
277.78 44.44 4166.66
277.78 41.67 3888.88
277.78 38.89 3611.1
277.78 36.11 3333.32
277.78 33.33 3055.54
277.78 30.56 2777.76
277.78 27.78 2499.98
277.78 25.0 2222.2
277.78 22.22 1944.42
277.78 19.44 1666.64
277.78 16.67 1388.86
277.78 13.89 1111.08
277.78 11.11 833.3
277.78 8.33 555.52
277.78 5.56 277.74
277.74 2.78 0.0
""")

RS05 = _rows("""
0.0 50.0 5000.0
0.0 50.0 5000.0
0.0 50.0 5000.0
311.0 50.0 4689.0
314.11 46.89 4374.89
317.25 43.75 4057.64
320.42 40.58 3737.22
323.63 37.37 3413.59
326.86 34.14 3086.73
330.13 30.87 2756.6
333.43 27.57 2423.17
336.77 24.23 2086.4
340.14 20.86 1746.26
343.54 17.46 1402.72
346.97 14.03 1055.75
350.44 10.56 705.31
353.95 7.05 351.36
351.36 3.51 0.0
""")

EIGHTEEN_MONTHS = [
    Published(
        FEATURE + "RS01, flat, whole units",
        EIGHTEEN | {"method": "flat", "day_count": "30/360", "instalment_multiple": 100},
        START,
        RS01,
    ),
    Published(
        FEATURE + "RS02, declining, equal instalments of whole units",
        EIGHTEEN | {"method": "annuity", "day_count": "30/360", "instalment_multiple": 100},
        START,
        RS02,
    ),
    Published(
        FEATURE + "RS03, declining by the day, equal instalments of whole units",
        EIGHTEEN | {"method": "annuity", "day_count": "actual/365", "instalment_multiple": 100},
        START,
        RS03,
    ),
    Published(
        FEATURE + "RS04, declining, equal principal",
        EIGHTEEN | {"method": "declining", "day_count": "30/360"},
        START,
        RS04,
    ),
    Published(
        FEATURE + "RS05, declining, equal instalments of whole units, three without principal",
        EIGHTEEN | {"method": "annuity", "day_count": "30/360", "instalment_multiple": 100, "principal_grace": 3},
        START,
        RS05,
    ),
]
