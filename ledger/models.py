"""The ledger: accounts, entries and their lines, months and their snapshots. See docs/accounting.md."""
