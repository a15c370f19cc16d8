-- The instalments of some loans by the schedule in force on a day, with what was paid on each by that day; one row each,
-- however many payments there were. The arrays belong together: an element for every part of a payment, by day.
SELECT
    instalment.loan_id,
    instalment.id,
    instalment.number,
    instalment.due_on,
    instalment.principal,
    instalment.interest,
    instalment.fee,
    coalesce(array_agg(part.paid_on ORDER BY part.paid_on, part.id) FILTER (WHERE part.id IS NOT NULL), '{}') AS days,
    coalesce(array_agg(part.principal ORDER BY part.paid_on, part.id) FILTER (WHERE part.id IS NOT NULL), '{}') AS principals,
    coalesce(array_agg(part.interest ORDER BY part.paid_on, part.id) FILTER (WHERE part.id IS NOT NULL), '{}') AS interests,
    coalesce(array_agg(part.fee ORDER BY part.paid_on, part.id) FILTER (WHERE part.id IS NOT NULL), '{}') AS fees,
    coalesce(array_agg(part.penalty ORDER BY part.paid_on, part.id) FILTER (WHERE part.id IS NOT NULL), '{}') AS penalties
FROM loans_instalment AS instalment
LEFT JOIN (
    SELECT part.*, repayment.valued_on AS paid_on
    FROM loans_repayment AS repayment
    JOIN loans_repaymentpart AS part ON part.repayment_id = repayment.id
    WHERE repayment.loan_id = ANY(%(loans)s)
        AND repayment.paid_on <= %(as_of)s
        AND (repayment.reversed_on IS NULL OR repayment.reversed_on > %(as_of)s)
) AS part ON part.instalment_id = instalment.id
WHERE instalment.loan_id = ANY(%(loans)s)
    AND instalment.version = coalesce(
        (
            SELECT max(later.version)
            FROM loans_scheduleversion AS later
            WHERE later.loan_id = instalment.loan_id AND later.in_force_from <= %(as_of)s
        ),
        1
    )
GROUP BY instalment.id
ORDER BY instalment.loan_id, instalment.number;
