"""Statements and what becomes of them: submitted, polled, cancelled, answered in chunks. And the faults of the tests."""

import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

from engine import SqlFailure

ROWS_PER_CHUNK = 100_000


class Statement:
    def __init__(self, body, fault):
        self.id = str(uuid.uuid4())
        self.body = body
        self.fault = fault
        self.state = "PENDING"
        self.error = None
        self.columns, self.rows = [], []
        self.truncated = False
        self.done = threading.Event()
        # A statement that is said to wait, however far it is.
        self.polls_left = fault.get("polls", 3) if fault.get("kind") == "pending" else 0


class Faults:
    """What goes wrong next, matched by schema and by the name that the statement carries in its tags."""

    def __init__(self):
        self.waiting = []
        self.lock = threading.Lock()

    def add(self, fault):
        with self.lock:
            self.waiting.append({"count": 1, **fault})

    def lift(self):
        with self.lock:
            self.waiting.clear()

    def take(self, schema, name):
        with self.lock:
            for fault in self.waiting:
                fits = fault.get("schema") in (None, schema) and fault.get("statement") in (None, name)
                if fits and fault["count"] > 0:
                    fault["count"] -= 1
                    return fault
        return {}


class Statements:
    def __init__(self, engine):
        self.engine = engine
        self.known = {}
        self.pool = ThreadPoolExecutor(max_workers=4)

    def submit(self, body, fault):
        statement = Statement(body, fault)
        self.known[statement.id] = statement
        kind = fault.get("kind")
        if kind == "kill":
            self.end(statement, "CANCELED")
        elif kind == "conflict":
            statement.error = {
                "error_code": "BAD_REQUEST",
                "message": "[DELTA_CONCURRENT_APPEND] Files were added by a concurrent update. SQLSTATE: 2D521",
            }
            self.end(statement, "FAILED", "2D521")
        else:
            self.pool.submit(self.run, statement)
        return statement

    def run(self, statement):
        body = statement.body
        statement.state = "RUNNING"
        if statement.fault.get("kind") == "slow":
            time.sleep(statement.fault.get("ms", 500) / 1000)
        if statement.done.is_set():
            return
        try:
            params = {each["name"]: each for each in body.get("parameters", [])}
            columns, rows = self.engine.run(body["statement"], params, body["schema"], statement.id)
        except SqlFailure as failure:
            statement.error = {"error_code": "BAD_REQUEST", "message": failure.message}
            return self.end(statement, "FAILED", failure.sql_state)
        except Exception as failure:  # noqa: BLE001 - a parameter that does not fit, or a bug of this server
            statement.error = {"error_code": "BAD_REQUEST", "message": f"{failure} SQLSTATE: 22023"}
            return self.end(statement, "FAILED", "22023")
        statement.columns, statement.rows = columns, self.cut(statement, rows)
        # It ran, and was ended before it could say so.
        self.end(statement, "CANCELED" if statement.fault.get("kind") == "kill-after" else "SUCCEEDED")

    def cut(self, statement, rows):
        row_limit, byte_limit = statement.body.get("row_limit"), statement.body.get("byte_limit")
        if row_limit is not None and len(rows) > row_limit:
            statement.truncated, rows = True, rows[:row_limit]
        if byte_limit is not None:
            size = 0
            for at, row in enumerate(rows):
                size += sum(len(value.encode()) for value in row if value is not None)
                if size > byte_limit:
                    statement.truncated = True
                    return rows[:at]
        return rows

    def end(self, statement, state, sql_state=None):
        if statement.done.is_set():
            return
        statement.sql_state = sql_state
        statement.state = state
        statement.done.set()

    def cancel(self, statement):
        self.end(statement, "CANCELED")
        self.engine.cancel(statement.id)

    def answer(self, statement):
        if statement.polls_left > 0:
            statement.polls_left -= 1
            return {"statement_id": statement.id, "status": {"state": "PENDING"}}
        status = {"state": statement.state}
        if statement.state == "FAILED":
            status |= {"error": statement.error, "sql_state": statement.sql_state}
        answer = {"statement_id": statement.id, "status": status}
        if statement.state != "SUCCEEDED":
            return answer
        chunks = self.chunks(statement)
        answer["manifest"] = {
            "format": "JSON_ARRAY",
            "schema": {
                "column_count": len(statement.columns),
                "columns": [
                    {"name": name, "position": at, "type_name": kind, "type_text": text}
                    for at, (name, kind, text) in enumerate(statement.columns)
                ],
            },
            "total_chunk_count": len(chunks),
            "total_row_count": len(statement.rows),
            "truncated": statement.truncated,
        }
        answer["result"] = self.chunk(statement, 0) if chunks else {}
        return answer

    def chunks(self, statement):
        size = statement.fault.get("rows", 1) if statement.fault.get("kind") == "chunked" else ROWS_PER_CHUNK
        return [statement.rows[at : at + size] for at in range(0, len(statement.rows), size)]

    def chunk(self, statement, index):
        chunks = self.chunks(statement)
        rows = chunks[index]
        offset = sum(len(before) for before in chunks[:index])
        chunk = {"chunk_index": index, "row_offset": offset, "row_count": len(rows), "data_array": rows}
        if index + 1 < len(chunks):
            link = f"/api/2.0/sql/statements/{statement.id}/result/chunks/{index + 1}"
            chunk |= {"next_chunk_index": index + 1, "next_chunk_internal_link": link}
        return chunk
