"""Alembic's way in: it runs this file. The connection, in its transaction, is handed over by `migrate`."""

from __future__ import annotations

from alembic import context

from storage.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
