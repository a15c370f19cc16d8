"""What a database holds, in a form that two databases can be compared by."""

import dataclasses
import json

from psycopg import Cursor, sql


@dataclasses.dataclass(frozen=True)
class Manifest:
    """Rows of every table, the seals of the closed months and the balance of every account.

    `made_at` is the server's time in ISO form; keys of `seals` are `unit month`, of `balances` `unit code`.
    """

    made_at: str
    server: str
    migrations: list[str]
    rows: dict[str, int]
    seals: dict[str, str]
    balances: dict[str, int]
    sha256: str = ""

    @classmethod
    def of(cls, cursor: Cursor) -> "Manifest":
        """Describe the database that `cursor` reads, in the transaction it is in."""
        [made_at, server] = cursor.execute("SELECT now()::text, current_setting('server_version')").fetchone()
        tables = [
            name
            for (name,) in cursor.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
            )
        ]
        count = sql.SQL(" UNION ALL ").join(
            sql.SQL("SELECT {}, count(*) FROM {}").format(name, sql.Identifier("public", name)) for name in tables
        )
        return cls(
            made_at=made_at,
            server=server,
            migrations=[
                f"{app}.{name}"
                for app, name in cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
            ],
            rows=dict(cursor.execute(count).fetchall()),
            seals=dict(
                cursor.execute(
                    "SELECT concat_ws(' ', unit, month), seal FROM ledger_period WHERE seal <> '' ORDER BY unit, month"
                ).fetchall()
            ),
            balances=dict(
                cursor.execute(
                    """
                    SELECT concat_ws(' ', account.unit, account.code), sum(line.debit - line.credit)::bigint
                    FROM ledger_line AS line
                    JOIN ledger_account AS account ON account.id = line.account_id
                    GROUP BY account.unit, account.code
                    ORDER BY account.unit, account.code
                    """
                ).fetchall()
            ),
        )

    @classmethod
    def read(cls, text: str) -> "Manifest":
        return cls(**json.loads(text))

    def text(self) -> str:
        return json.dumps(dataclasses.asdict(self), indent=1)


def differences(saved: Manifest, found: Manifest) -> list[str]:
    """In what the database `found` is not the one that was saved, a sentence each; none where all agrees."""
    sides = (
        ("rows", saved.rows, found.rows),
        ("seal", saved.seals, found.seals),
        ("balance", saved.balances, found.balances),
    )
    return [
        f"{label} of {key}: {before.get(key, 'none')} saved, {after.get(key, 'none')} restored"
        for label, before, after in sides
        for key in sorted(before.keys() | after.keys())
        if before.get(key) != after.get(key)
    ] + [f"migration {name} is in one of them only" for name in sorted({*saved.migrations} ^ {*found.migrations})]
