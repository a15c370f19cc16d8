-- Every member who holds one of some materials on a day: how much beside what they must give back themselves, the most they lend
-- of it, how often they lent this year.
SELECT held.item_id, member.id, member.name, member.user_id, member.phone,
    held.quantity - coalesce(owed.quantity, 0) AS held,
    (SELECT lending.at_most FROM stock_lendinglimit AS lending
     WHERE lending.member_id = member.id AND lending.item_id = held.item_id AND lending.from_on <= %(as_of)s
     ORDER BY lending.from_on DESC LIMIT 1) AS at_most,
    coalesce(lent.times, 0)::int AS lent
FROM (
    SELECT movement.item_id, movement.member_id, sum(movement.quantity) AS quantity
    FROM stock_stockmovement AS movement
    WHERE movement.item_id = ANY(%(items)s) AND movement."on" <= %(as_of)s
    GROUP BY movement.item_id, movement.member_id
    HAVING sum(movement.quantity) > 0
) AS held
JOIN members_member AS member ON member.id = held.member_id
LEFT JOIN (
    SELECT loan.item_id, loan.borrower_id, sum(loan.quantity - coalesce(back.quantity, 0)) AS quantity
    FROM stock_stockloan AS loan
    LEFT JOIN LATERAL (
        SELECT sum(part.quantity) AS quantity
        FROM stock_stockreturn AS part
        WHERE part.loan_id = loan.id AND part.confirmed_on <= %(as_of)s
            AND (part.reversed_on IS NULL OR part.reversed_on > %(as_of)s)
    ) AS back ON true
    WHERE loan.item_id = ANY(%(items)s) AND loan.confirmed_on <= %(as_of)s AND loan.agreed = 'kind'
    GROUP BY loan.item_id, loan.borrower_id
) AS owed ON owed.borrower_id = member.id AND owed.item_id = held.item_id
LEFT JOIN (
    SELECT loan.lender_id, count(*) AS times
    FROM stock_stockloan AS loan
    WHERE loan.confirmed_on <= %(as_of)s AND loan.handed_on > %(as_of)s::date - 365
    GROUP BY loan.lender_id
) AS lent ON lent.lender_id = member.id
WHERE member.entered_on <= %(as_of)s AND (member.left_on IS NULL OR member.left_on > %(as_of)s)
ORDER BY held.item_id, member.id
