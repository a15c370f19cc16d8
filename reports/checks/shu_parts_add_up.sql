-- The parts of every divided year add up to its surplus, and the members' parts to what is theirs of it.
SELECT distribution.year, distribution.result_usp + distribution.result_umum AS surplus, part.amount, part.members, share.amount AS shared
FROM shu_distribution AS distribution
LEFT JOIN LATERAL (
    SELECT coalesce(sum(amount), 0)::bigint AS amount,
        coalesce(sum(amount) FILTER (WHERE fund IN ('capital', 'business')), 0)::bigint AS members
    FROM shu_fundpart
    WHERE distribution_id = distribution.id
) AS part ON true
LEFT JOIN LATERAL (
    SELECT coalesce(sum(capital_part + business_part), 0)::bigint AS amount
    FROM shu_share
    WHERE distribution_id = distribution.id
) AS share ON true
WHERE distribution.proposed_on <= %(as_of)s
    AND (part.amount <> distribution.result_usp + distribution.result_umum OR part.members <> share.amount)
ORDER BY distribution.year
