-- The seal of a month: SHA-256 over the seal of the month before and every line of the month in the order of writing.
-- Closing stores it, `check_books` works it out again: a line that was altered, added or taken away shows.
CREATE OR REPLACE FUNCTION ledger_seal(wanted bigint) RETURNS text
LANGUAGE sql STABLE
SET datestyle = 'ISO'
AS $$
    SELECT encode(
        sha256(
            convert_to(
                concat_ws(
                    E'\n',
                    period.unit,
                    period.month,
                    coalesce((
                        SELECT earlier.seal FROM ledger_period AS earlier
                        WHERE earlier.unit = period.unit AND earlier.month = (period.month - interval '1 month')::date
                    ), ''),
                    (
                        SELECT string_agg(
                            concat(
                                entry.id, E'\t', entry.date, E'\t', entry.reference, E'\t', entry.memo, E'\t',
                                entry.reverses_id, E'\t', entry.posted_by_id, E'\t',
                                line.id, E'\t', line.account_id, E'\t', line.member_id, E'\t', line.debit, E'\t', line.credit
                            ),
                            E'\n' ORDER BY line.id
                        )
                        FROM ledger_entry AS entry
                        JOIN ledger_line AS line ON line.entry_id = entry.id
                        WHERE entry.unit = period.unit
                            AND entry.date >= period.month
                            AND entry.date < (period.month + interval '1 month')::date
                    )
                ),
                'UTF8'
            )
        ),
        'hex'
    )
    FROM ledger_period AS period
    WHERE period.id = wanted
$$;
