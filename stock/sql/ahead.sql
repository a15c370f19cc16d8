-- For every running loan of some lenders and items what is out on loans of the same two that were lent before it.
SELECT id, coalesce(sum(still_out) OVER (
    PARTITION BY lender_id, item_id ORDER BY handed_on, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
), 0) AS ahead
FROM (
    SELECT loan.id, loan.lender_id, loan.item_id, loan.handed_on, loan.quantity - coalesce((
        SELECT sum(part.quantity)
        FROM stock_stockreturn AS part
        WHERE part.loan_id = loan.id AND part.confirmed_on <= %(as_of)s
            AND (part.reversed_on IS NULL OR part.reversed_on > %(as_of)s)
    ), 0) AS still_out
    FROM stock_stockloan AS loan
    WHERE loan.lender_id = ANY(%(lenders)s) AND loan.item_id = ANY(%(items)s) AND loan.confirmed_on <= %(as_of)s
) AS running
WHERE still_out > 0
