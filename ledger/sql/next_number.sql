-- The next number of a series in a year; its row stays locked until commit.
INSERT INTO ledger_numbering (series, year, last)
VALUES (%(series)s, %(year)s, 1)
ON CONFLICT (series, year) DO UPDATE SET last = ledger_numbering.last + 1
RETURNING last
