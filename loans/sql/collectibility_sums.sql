-- All running loans on a day, a row for every class that has one: how many, what is owed, what is set aside for them,
-- and what is owed on those more than 30, 60 and 90 days late.
SELECT
    cls,
    count(*)::int AS loans,
    sum(outstanding)::bigint AS outstanding,
    sum(provision)::bigint AS provision,
    coalesce(sum(outstanding) FILTER (WHERE days > 30), 0)::bigint AS over_30,
    coalesce(sum(outstanding) FILTER (WHERE days > 60), 0)::bigint AS over_60,
    coalesce(sum(outstanding) FILTER (WHERE days > 90), 0)::bigint AS over_90
FROM (
--include loans/sql/collectibility.sql--
) AS classed
GROUP BY cls
