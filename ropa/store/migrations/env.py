"""Alembic's environment: runs the schema's revisions on the connection that the store hands over."""

from __future__ import annotations

from alembic import context

from ropa.records.tables import METADATA
from ropa.store import history  # noqa: F401 its tables join METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
