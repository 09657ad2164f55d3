"""The SQL Statement Execution API of Databricks over Spark and Delta, for the warehouse tests. Listens on loopback only.

Usage: main.py FOLDER JAR...   Prints {"port": N} when it is ready, and ends when its standard input does.
"""

import json
import os
import re
import socket
import struct
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from engine import Engine, start_spark
from statements import Faults, Statements

TOKEN = "a-token-of-the-tests"
STATEMENTS = "/api/2.0/sql/statements"


class Refusal(Exception):
    def __init__(self, status, code, message, headers=None):
        super().__init__(message)
        self.status, self.code, self.message, self.headers = status, code, message, headers or {}


class Dropped(Exception):
    """The connection is to end without an answer."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "lakeport-tests"

    def do_GET(self):
        self.serve("GET")

    def do_POST(self):
        self.serve("POST")

    def serve(self, method):
        length = int(self.headers.get("content-length", "0"))
        raw = self.rfile.read(length)
        try:
            status, answer, headers = 200, self.route(method, self.path.split("?")[0], raw), {}
        except Refusal as refusal:
            status, headers = refusal.status, refusal.headers
            answer = {"error_code": refusal.code, "message": refusal.message}
        except Dropped:
            # A reset, not a farewell: what a proxy that dies does.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
            return
        body = json.dumps(answer).encode()
        self.send_response(status)
        for name, value in {**headers, "content-type": "application/json", "content-length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def route(self, method, path, raw):
        server = self.server
        if path.startswith("/control/"):
            return server.control(path.removeprefix("/control/"), json.loads(raw or b"{}"))
        if (method, path) == ("POST", "/oidc/v1/token"):
            if not self.headers.get("authorization", "").startswith("Basic "):
                raise Refusal(401, "UNAUTHENTICATED", "no client")
            return {"access_token": TOKEN, "token_type": "Bearer", "expires_in": 3600}
        if self.headers.get("authorization") != f"Bearer {TOKEN}":
            raise Refusal(401, "UNAUTHENTICATED", "no such token")
        if (method, path) == ("POST", STATEMENTS):
            return server.submit(json.loads(raw))
        found = re.fullmatch(rf"{STATEMENTS}/([0-9a-f-]+)(/cancel|/result/chunks/(\d+))?", path)
        statement = found and server.statements.known.get(found.group(1))
        if not statement:
            raise Refusal(404, "RESOURCE_DOES_NOT_EXIST", "no such statement")
        server.refuse_dead(statement.body["schema"])
        if found.group(2) == "/cancel":
            server.statements.cancel(statement)
            return {}
        if found.group(3) is not None:
            return server.statements.chunk(statement, int(found.group(3)))
        return server.statements.answer(statement)

    def log_message(self, *_args):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, engine):
        super().__init__(("127.0.0.1", 0), Handler)
        self.engine = engine
        self.statements = Statements(engine)
        self.faults = Faults()
        self.dead = set()
        self.log = []

    def handle_error(self, *_args):
        pass  # A client that went away is what some of the tests are about.

    def refuse_dead(self, schema):
        if schema in self.dead:
            raise Dropped

    def submit(self, body):
        for field in ("statement", "warehouse_id", "schema"):
            if not body.get(field):
                raise Refusal(400, "INVALID_PARAMETER_VALUE", f"{field} is missing")
        wait = re.fullmatch(r"(\d+)s", body.get("wait_timeout", "10s"))
        seconds = int(wait.group(1)) if wait else -1
        if seconds != 0 and not 5 <= seconds <= 50:
            raise Refusal(400, "INVALID_PARAMETER_VALUE", "wait_timeout must be 0s or 5s to 50s")
        schema = body["schema"]
        name = next((tag["value"] for tag in body.get("query_tags", []) if tag["key"] == "statement"), None)
        self.log.append({"schema": schema, "name": name})
        self.refuse_dead(schema)
        fault = self.faults.take(schema, name)
        kind = fault.get("kind")
        if kind == "reject-429":
            raise Refusal(429, "REQUEST_LIMIT_EXCEEDED", "too many", {"retry-after": str(fault.get("seconds", 1))})
        if kind == "reject-503":
            raise Refusal(503, "TEMPORARILY_UNAVAILABLE", "not now")
        if kind == "drop-before":
            raise Dropped
        statement = self.statements.submit(body, fault)
        if kind == "drop-after":
            statement.done.wait()
            raise Dropped
        if seconds > 0 and not statement.done.wait(seconds) and body.get("on_wait_timeout") == "CANCEL":
            self.statements.cancel(statement)
        return self.statements.answer(statement)

    def control(self, what, body):
        if what == "schema":
            self.engine.make_schema(body["name"])
        elif what == "drop":
            self.engine.drop_schema(body["name"])
        elif what == "fault":
            self.faults.add(body)
        elif what == "lift":
            self.faults.lift()
            self.dead.clear()
        elif what == "dead":
            self.dead.add(body["schema"])
        elif what == "log":
            return {"statements": [each for each in self.log if each["schema"] == body["schema"]]}
        return {}


def main():
    folder, *jars = sys.argv[1:]
    engine = Engine(start_spark(jars, folder))
    server = Server(engine)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps({"port": server.server_address[1]}), flush=True)
    sys.stdin.read()
    os._exit(0)


main()
