-- The next number and the receipt that carries it. The numbering row stays locked until commit: no gaps.
WITH numbering AS (
    INSERT INTO ledger_numbering (series, year, last)
    VALUES (%(series)s, extract(year FROM %(date)s::date), 1)
    ON CONFLICT (series, year) DO UPDATE SET last = ledger_numbering.last + 1
    RETURNING series, year, last
)
INSERT INTO ledger_receipt
    (number, entry_id, member_id, party, purpose, amount, direction, issued_on, issued_by_id)
SELECT
    concat_ws('-', series, year, lpad(last::text, greatest(4, length(last::text)), '0')),
    %(entry)s, %(member)s, %(party)s, %(purpose)s, %(amount)s, %(direction)s, %(date)s, %(by)s
FROM numbering
RETURNING id, number
