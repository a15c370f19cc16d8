-- Dues of every member in a month: what was received and what was reversed in it.
SELECT
    member.id,
    member.number,
    member.name,
    coalesce(sum(payment.amount) FILTER (WHERE payment."on" BETWEEN %(month)s AND %(last)s), 0)::bigint AS received,
    coalesce(sum(payment.amount) FILTER (WHERE payment.reversed_on BETWEEN %(month)s AND %(last)s), 0)::bigint
        AS reversed
FROM members_member AS member
LEFT JOIN activities_duespayment AS payment ON payment.member_id = member.id
WHERE member.entered_on <= %(last)s
GROUP BY member.id
HAVING member.left_on IS NULL OR member.left_on >= %(month)s
    OR bool_or(payment.reversed_on BETWEEN %(month)s AND %(last)s)
ORDER BY member.number
