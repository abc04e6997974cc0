"""Exercises three PostgreSQL drivers for Python. Arguments: the driver's name and the port. Prints what it read, as JSON."""

import asyncio
import datetime
import decimal
import json
import sys
import uuid

WHEN = datetime.datetime(2026, 11, 22, 14, 0, 0, 500000, tzinfo=datetime.timezone.utc)
IDENTIFIER = uuid.UUID("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")
ROW = "INSERT INTO item (id, name, price, made, key) VALUES ({}) RETURNING id"


def with_psycopg(port):
    import psycopg

    url = f"host=127.0.0.1 port={port} user=scram password=secret dbname=postgres"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TEMP TABLE item (id int, name text, price numeric, made timestamptz, key uuid)")
        values = (1, "one", decimal.Decimal("1.50"), WHEN, IDENTIFIER)
        marks = ", ".join(["%s"] * 5)
        connection.execute(ROW.format(marks), values)
        with connection.cursor(binary=True) as cursor:
            cursor.execute(ROW.format(", ".join(["%b"] * 5)), (2, *values[1:]))
        for number in range(3):
            connection.execute("SELECT %s::int + 1", (number,), prepare=True)
        with connection.transaction():
            with connection.pipeline():
                for number in (3, 4, 5):
                    connection.execute("INSERT INTO item (id) VALUES (%s)", (number,))
        try:
            with connection.pipeline() as pipeline:
                connection.execute("SELECT 'before'")
                connection.execute("SELECT 1 / %s::int", (0,))
                connection.execute("SELECT 'never'")
                pipeline.sync()
        except psycopg.errors.DivisionByZero:
            pass
        with connection.cursor() as cursor:
            with cursor.copy("COPY item (id, name) FROM STDIN") as copy:
                for number in range(6, 16):
                    copy.write_row((number, "copied"))
            with cursor.copy("COPY (SELECT id FROM item) TO STDOUT") as copy:
                copied = len(list(copy.rows()))
            cursor.executemany("UPDATE item SET name = %s WHERE id = %s", [("a", 1), ("b", 2)])
        with connection.transaction(), connection.cursor(name="reader") as cursor:
            cursor.itersize = 10
            cursor.execute("SELECT id FROM item ORDER BY id")
            read = len(list(cursor))
        return {"copied": copied, "read": read}


def with_psycopg2(port):
    import psycopg2

    connection = psycopg2.connect(host="127.0.0.1", port=port, user="postgres", dbname="postgres")
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT %s || ';', %s", ("it's", 7))
        row = cursor.fetchone()
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute("SELECT nothing")
    except psycopg2.errors.UndefinedColumn:
        pass
    connection.close()
    return {"row": list(row)}


async def with_asyncpg(port):
    import asyncpg

    connection = await asyncpg.connect(host="127.0.0.1", port=port, user="scram", password="secret", database="postgres")
    await connection.execute("CREATE TEMP TABLE item (id int, name text, price numeric, made timestamptz, key uuid)")
    marks = ", ".join(f"${n}" for n in range(1, 6))
    await connection.fetchval(ROW.format(marks), 1, "one", decimal.Decimal("1.50"), WHEN, IDENTIFIER)
    await connection.executemany("INSERT INTO item (id) VALUES ($1)", [(2,), (3,), (4,)])
    await connection.copy_records_to_table("item", records=[(5, "copied"), (6, "copied")], columns=["id", "name"])
    read = 0
    async with connection.transaction():
        async for _ in connection.cursor("SELECT id FROM item WHERE id = ANY($1::int[])", [1, 2, 3, 4, 5], prefetch=2):
            read += 1
    try:
        await connection.fetch("SELECT $1::int / 0", 1)
    except asyncpg.DivisionByZeroError:
        pass
    try:
        await connection.fetch("SELEC 1")
    except asyncpg.PostgresSyntaxError:
        pass
    try:
        await connection.fetch("SELECT pg_sleep(600)", timeout=0.2)
    except asyncio.TimeoutError:
        pass
    last = await connection.fetchval("SELECT 'last'")
    await connection.close()
    return {"read": read, "last": last}


name, port = sys.argv[1], int(sys.argv[2])
if name == "psycopg":
    print(json.dumps(with_psycopg(port)))
elif name == "psycopg2":
    print(json.dumps(with_psycopg2(port)))
else:
    print(json.dumps(asyncio.run(with_asyncpg(port))))
