import os
from pathlib import Path

from psycopg import AsyncConnection, OperationalError
from psycopg.errors import UniqueViolation
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from problems import Problem

__all__ = ["Connection", "Unavailable", "insert", "migrate", "page", "pool"]

Connection = AsyncConnection
Unavailable = (OperationalError, PoolTimeout)

# Asks every connection whether it still lives before it is lent. `async with pool.connection()` is one transaction.
pool = AsyncConnectionPool(
    os.environ.get("DATABASE_URL", ""),
    min_size=2,
    max_size=10,
    timeout=10,
    kwargs={"row_factory": dict_row},
    check=AsyncConnectionPool.check_connection,
    open=False,
)


async def migrate():
    """Creates what is missing. The lock lets several servers start at once."""
    async with pool.connection() as db:
        await db.execute("SELECT pg_advisory_xact_lock(20250301)")
        await db.execute(Path(__file__).with_name("schema.sql").read_text())


async def insert(db: Connection, sql: str, values: list, if_taken: str) -> dict:
    """Runs an INSERT; a value that another row has already becomes the given problem."""
    try:
        return await (await db.execute(sql, values)).fetchone()
    except UniqueViolation:
        raise Problem.refusal(if_taken) from None


async def page(select: str, order: str, conditions: list[tuple], query, present) -> dict:
    """
    One page by falling position, and the cursor of the next. `conditions` are pairs of SQL and its values. One row more than the
    page tells whether there is a next.
    """
    if query.cursor is not None:
        conditions = [*conditions, (f"{order} < %s", [int(query.cursor)])]
    where = f"WHERE {' AND '.join(sql for sql, _ in conditions)}" if conditions else ""
    values = [value for _, those in conditions for value in those]
    size = int(query.limit)
    async with pool.connection() as db:
        cursor = await db.execute(f"{select} {where} ORDER BY {order} DESC LIMIT %s", [*values, size + 1])
        rows = await cursor.fetchall()
    shown = rows[:size]
    following = str(shown[-1]["position"]) if len(rows) > size else None
    return {"items": [present(row) for row in shown], "next": following}
