-- What is lent and what comes back stands in both stocks as agreed, and never more comes back than was lent.
WITH back AS (
    SELECT part.loan_id, sum(part.quantity) AS quantity
    FROM stock_stockreturn AS part
    WHERE part.declined_on IS NULL AND part.recorded_on <= %(as_of)s
        AND (part.reversed_on IS NULL OR part.reversed_on > %(as_of)s)
    GROUP BY part.loan_id
)
SELECT loan.id AS loan, NULL::bigint AS returned, loan.quantity AS agreed, -line.quantity AS moved, back.quantity AS back
FROM stock_stockloan AS loan
LEFT JOIN stock_stockmovement AS line ON line.id = loan.movement_id
LEFT JOIN stock_stockmovement AS mirror ON mirror.counterpart_id = line.id
LEFT JOIN back ON back.loan_id = loan.id
WHERE loan.confirmed_on <= %(as_of)s
    AND (
        line.kind IS DISTINCT FROM 'lent' OR -line.quantity <> loan.quantity OR line.item_id <> loan.item_id
        OR line.member_id <> loan.lender_id OR mirror.member_id <> loan.borrower_id OR back.quantity > loan.quantity
    )
UNION ALL
SELECT part.loan_id, part.id, part.quantity, -line.quantity, NULL
FROM stock_stockreturn AS part
JOIN stock_stockloan AS loan ON loan.id = part.loan_id
LEFT JOIN stock_stockmovement AS line ON line.id = part.movement_id
LEFT JOIN stock_stockmovement AS mirror ON mirror.counterpart_id = line.id
WHERE part.confirmed_on <= %(as_of)s
    AND part.way = 'goods'
    AND (
        line.kind IS DISTINCT FROM 'returned' OR -line.quantity <> part.quantity OR line.item_id <> loan.item_id
        OR line.member_id <> loan.borrower_id OR mirror.member_id <> loan.lender_id
    )
ORDER BY 1, 2
