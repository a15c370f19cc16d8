"""The house comes back: everything in one encrypted file, and the proof that what was restored is what was saved."""

from kokkmas.backup.archive import BackupError, make, new_key, newest, opened, place, prune
from kokkmas.backup.manifest import Manifest, differences
from kokkmas.backup.restoring import new_database, proven, restore
