-- A fraction of a rupiah as a multiple of `unit`: loans.arithmetic.rounding.rounded.
CREATE FUNCTION loans_rounded(numerator bigint, denominator bigint, mode text, unit bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$
    SELECT unit * (
        numerator / (denominator * unit)
        + CASE
            WHEN numerator % (denominator * unit) = 0 OR mode = 'down' THEN 0
            WHEN mode = 'up' OR 2 * (numerator % (denominator * unit)) > denominator * unit THEN 1
            WHEN 2 * (numerator % (denominator * unit)) < denominator * unit THEN 0
            WHEN mode = 'half_up' THEN 1
            ELSE numerator / (denominator * unit) % 2
        END
    )
$$;

-- The first day of an instalment on which a penalty grows is the one after this: the due day and what is free.
CREATE FUNCTION loans_free_until(rules loans_loanrules, due_on date) RETURNS date
LANGUAGE sql IMMUTABLE AS $$
    SELECT due_on + rules.penalty_grace_days - rules.penalty_counts_due_day::int
$$;

-- The penalty that is open on an instalment on a day: loans.arithmetic.penalty.penalty, less what was paid of it.
-- `base` is what the instalment asks penalties on and `unpaid` the part of it that is open; `late` says of what was paid
-- too late how many rupiah were late for how many days.
CREATE FUNCTION loans_penalty(
    rules loans_loanrules, due_on date, base bigint, unpaid bigint, late bigint, paid bigint, as_of date
) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN rules.penalty_rate_bp = 0 OR as_of <= due_on OR as_of <= loans_free_until(rules, due_on) THEN 0
        ELSE greatest(
            0,
            loans_rounded(
                least(
                    rules.penalty_rate_bp * greatest(0, unpaid * (as_of - loans_free_until(rules, due_on)) + late),
                    rules.penalty_cap_bp * base * CASE rules.penalty_per WHEN 'month' THEN 30 ELSE 1 END
                ),
                10000 * CASE rules.penalty_per WHEN 'month' THEN 30 ELSE 1 END,
                rules.rounding,
                rules.round_to
            ) - paid
        )
    END
$$;

-- What is unpaid of some loans on a day: the one definition, for the rows that are kept and for days before them.
-- A row for every loan that runs on that day; the arrays hold the instalments of the schedule in force with something
-- open, by due date. A day of 'infinity' asks by all that is written. What has grown of a penalty depends on the day, so
-- an instalment has what loans_penalty needs: `base`, `late`, and the penalty that was paid.
CREATE FUNCTION loans_unpaid_by(as_of date, of_loans bigint[])
RETURNS TABLE (
    loan_id bigint, rows smallint, outstanding bigint, due_on date[], principal bigint[], interest bigint[], fee bigint[],
    base bigint[], late bigint[], penalty bigint[]
)
LANGUAGE sql STABLE AS $$
    WITH running AS (
        SELECT
            loan.id,
            loan.rules_id,
            coalesce(
                (
                    SELECT max(later.version)
                    FROM loans_scheduleversion AS later
                    WHERE later.loan_id = loan.id AND later.in_force_from <= $1
                ),
                1
            ) AS version
        FROM loans_loan AS loan
        WHERE loan.id = ANY($2)
            AND loan.disbursed_on <= $1
            AND (loan.settled_on IS NULL OR loan.settled_on > $1)
            AND (loan.written_off_on IS NULL OR loan.written_off_on > $1)
    ),
    instalment AS (
        SELECT
            running.id AS loan_id,
            running.rules_id,
            rules.penalty_base = 'principal' AS on_principal,
            instalment.id,
            instalment.number,
            instalment.due_on,
            instalment.principal,
            instalment.interest,
            instalment.fee,
            loans_free_until(rules, instalment.due_on) AS free_until
        FROM running
        JOIN loans_loanrules AS rules ON rules.id = running.rules_id
        LEFT JOIN loans_instalment AS instalment
            ON instalment.loan_id = running.id AND instalment.version = running.version
    ),
    paid AS (
        SELECT
            instalment.id,
            sum(part.principal) AS principal,
            sum(part.interest) AS interest,
            sum(part.fee) AS fee,
            sum(part.penalty) AS penalty,
            sum(
                (part.principal + CASE WHEN instalment.on_principal THEN 0 ELSE part.interest + part.fee END)
                * (repayment.valued_on - instalment.free_until)
            ) FILTER (WHERE repayment.valued_on > greatest(instalment.due_on, instalment.free_until)) AS late
        FROM instalment
        JOIN loans_repaymentpart AS part ON part.instalment_id = instalment.id
        JOIN loans_repayment AS repayment ON repayment.id = part.repayment_id
        WHERE repayment.paid_on <= $1 AND (repayment.reversed_on IS NULL OR repayment.reversed_on > $1)
        GROUP BY instalment.id
    ),
    owed AS (
        SELECT
            instalment.loan_id,
            instalment.rules_id,
            instalment.number,
            instalment.due_on,
            instalment.principal + CASE WHEN instalment.on_principal THEN 0 ELSE instalment.interest + instalment.fee END AS base,
            (instalment.principal - coalesce(paid.principal, 0))::bigint AS principal,
            (instalment.interest - coalesce(paid.interest, 0))::bigint AS interest,
            (instalment.fee - coalesce(paid.fee, 0))::bigint AS fee,
            coalesce(paid.late, 0)::bigint AS late,
            coalesce(paid.penalty, 0)::bigint AS penalty
        FROM instalment
        LEFT JOIN paid ON paid.id = instalment.id
    ),
    marked AS (
        SELECT
            owed.*,
            (owed.principal, owed.interest, owed.fee) <> (0, 0, 0)
            -- Once all the rest is paid the penalty does not grow: it is the same on any later day.
            OR owed.late > 0
            AND loans_penalty(rules, owed.due_on, owed.base, 0, owed.late, owed.penalty, owed.due_on + 100000) > 0 AS is_open
        FROM owed
        JOIN loans_loanrules AS rules ON rules.id = owed.rules_id
    )
    SELECT
        marked.loan_id,
        count(marked.number)::smallint,
        coalesce(sum(marked.principal), 0)::bigint,
        coalesce(array_agg(marked.due_on ORDER BY marked.due_on, marked.number) FILTER (WHERE marked.is_open), '{}'),
        coalesce(array_agg(marked.principal ORDER BY marked.due_on, marked.number) FILTER (WHERE marked.is_open), '{}'),
        coalesce(array_agg(marked.interest ORDER BY marked.due_on, marked.number) FILTER (WHERE marked.is_open), '{}'),
        coalesce(array_agg(marked.fee ORDER BY marked.due_on, marked.number) FILTER (WHERE marked.is_open), '{}'),
        coalesce(array_agg(marked.base ORDER BY marked.due_on, marked.number) FILTER (WHERE marked.is_open), '{}'),
        coalesce(array_agg(marked.late ORDER BY marked.due_on, marked.number) FILTER (WHERE marked.is_open), '{}'),
        coalesce(array_agg(marked.penalty ORDER BY marked.due_on, marked.number) FILTER (WHERE marked.is_open), '{}')
    FROM marked
    GROUP BY marked.loan_id
$$;

-- The principal outstanding on one loan on a day; NULL for one that does not run.
CREATE FUNCTION loans_outstanding_on(of_loan bigint, as_of date) RETURNS bigint
LANGUAGE sql STABLE AS $$
    SELECT outstanding FROM loans_unpaid_by(as_of, ARRAY[of_loan])
$$;

-- What is unpaid on a day before the rows that are kept, of all loans to which something happened since, or of those named.
-- Planned for as many loans as there are: a handful is looked up, half of the book is read through.
CREATE FUNCTION loans_unpaid_before(as_of date, only_loans bigint[])
RETURNS TABLE (
    loan_id bigint, rows smallint, outstanding bigint, due_on date[], principal bigint[], interest bigint[], fee bigint[],
    base bigint[], late bigint[], penalty bigint[]
)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
DECLARE
    changed CONSTANT bigint[] = ARRAY(
        SELECT unpaid.loan_id
        FROM loans_unpaid AS unpaid
        WHERE unpaid.known_on > as_of AND (only_loans IS NULL OR unpaid.loan_id = ANY(only_loans))
    );
BEGIN
    IF changed <> '{}' THEN
        RETURN QUERY SELECT * FROM loans_unpaid_by(as_of, changed);
    END IF;
END
$$;

-- What the triggers of loans, schedules and payments call: the kept rows of these loans, worked out anew. The loan is
-- locked first and looked at after it, so that of two who write at once the second sees what the first wrote.
CREATE FUNCTION loans_keep_unpaid(of_loans bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM loans_loan AS loan WHERE loan.id = ANY(of_loans) ORDER BY loan.id FOR NO KEY UPDATE;

    INSERT INTO loans_unpaid AS kept (
        loan_id, known_on, is_running, rows, outstanding, since, due_on, principal, interest, fee, base, late, penalty
    )
    SELECT
        loan.id,
        greatest(
            loan.disbursed_on,
            loan.settled_on,
            loan.written_off_on,
            (SELECT max(in_force_from) FROM loans_scheduleversion AS later WHERE later.loan_id = loan.id),
            (
                SELECT max(greatest(repayment.paid_on, repayment.reversed_on))
                FROM loans_repayment AS repayment
                WHERE repayment.loan_id = loan.id
                    AND EXISTS (SELECT FROM loans_repaymentpart AS part WHERE part.repayment_id = repayment.id)
            )
        ),
        unpaid.loan_id IS NOT NULL,
        coalesce(unpaid.rows, 0),
        coalesce(unpaid.outstanding, 0),
        unpaid.due_on[1],
        coalesce(unpaid.due_on, '{}'),
        coalesce(unpaid.principal, '{}'),
        coalesce(unpaid.interest, '{}'),
        coalesce(unpaid.fee, '{}'),
        coalesce(unpaid.base, '{}'),
        coalesce(unpaid.late, '{}'),
        coalesce(unpaid.penalty, '{}')
    FROM loans_loan AS loan
    LEFT JOIN loans_unpaid_by('infinity', of_loans) AS unpaid ON unpaid.loan_id = loan.id
    WHERE loan.id = ANY(of_loans) AND loan.disbursed_on IS NOT NULL
    ON CONFLICT (loan_id) DO UPDATE SET
        known_on = excluded.known_on,
        is_running = excluded.is_running,
        rows = excluded.rows,
        outstanding = excluded.outstanding,
        since = excluded.since,
        due_on = excluded.due_on,
        principal = excluded.principal,
        interest = excluded.interest,
        fee = excluded.fee,
        base = excluded.base,
        late = excluded.late,
        penalty = excluded.penalty;
END
$$;
