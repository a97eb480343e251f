"""Backups: one tar with the database, the stored files and a manifest of hashes.

archive    the tar itself: written at once, read with suspicion
tables     the database as lines of JSON, for PostgreSQL and for moving between databases
sqlite     the database as SQLite's own consistent copy
files      stored files, from and to Django's storage
make       one backup
bring_back one restore, all or nothing
"""


class BackupRefused(Exception):
    """Why a backup or restore was not done; nothing was changed."""
