"""SQL on real Spark with real Delta tables, one session per running statement."""

import datetime
import queue
import re
import threading

from pyspark.errors import PySparkException
from pyspark.sql import SparkSession, types

TYPE_NAMES = {
    types.StringType: ("STRING", "STRING"),
    types.LongType: ("LONG", "BIGINT"),
    types.IntegerType: ("INT", "INT"),
    types.ShortType: ("SHORT", "SMALLINT"),
    types.BooleanType: ("BOOLEAN", "BOOLEAN"),
    types.DoubleType: ("DOUBLE", "DOUBLE"),
    types.FloatType: ("FLOAT", "FLOAT"),
    types.TimestampType: ("TIMESTAMP", "TIMESTAMP"),
    types.DateType: ("DATE", "DATE"),
}

class SqlFailure(Exception):
    """The engine said no: `sql_state` and the class of the error are its own."""

    def __init__(self, message, sql_state):
        super().__init__(message)
        self.message = message
        self.sql_state = sql_state


def start_spark(jars, folder):
    return (
        SparkSession.builder.master("local[2]")
        .appName("lakeport-warehouse-tests")
        .config("spark.jars", ",".join(jars))
        .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
        .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
        .config("spark.sql.warehouse.dir", f"{folder}/tables")
        .config("spark.driver.extraJavaOptions", f"-Dderby.system.home={folder}/derby -Djava.io.tmpdir={folder}")
        .config("spark.local.dir", folder)
        .config("spark.driver.memory", "2g")
        .config("spark.ui.enabled", "false")
        .config("spark.log.level", "OFF")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.ansi.enabled", "true")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.databricks.delta.snapshotPartitions", "1")
        .config("spark.sql.adaptive.enabled", "false")
        .getOrCreate()
    )


class Engine:
    def __init__(self, spark):
        self.spark = spark
        self.idle = {}
        self.lock = threading.Lock()

    def make_schema(self, name):
        self.spark.sql(f"CREATE SCHEMA IF NOT EXISTS `{name}`")

    def drop_schema(self, name):
        with self.lock:
            self.idle.pop(name, None)
        self.spark.sql(f"DROP SCHEMA IF EXISTS `{name}` CASCADE")

    def cancel(self, group):
        self.spark.sparkContext.cancelJobGroup(group)

    def run(self, sql, params, schema, group):
        """Columns as (name, type name, type text) and rows of text or None."""
        with self.lock:
            sessions = self.idle.setdefault(schema, queue.SimpleQueue())
        try:
            session = sessions.get_nowait()
        except queue.Empty:
            session = self.spark.newSession()
            session.sql(f"USE `{schema}`")
        try:
            self.spark.sparkContext.setJobGroup(group, group, interruptOnCancel=True)
            frame = session.sql(sql, args={name: value_of(given) for name, given in params.items()})
            columns = [(field.name, *TYPE_NAMES.get(type(field.dataType), ("STRING", "STRING"))) for field in frame.schema]
            return columns, [[text_of(value) for value in row] for row in frame.collect()]
        except PySparkException as error:
            raise failure_of(str(error), error.getSqlState()) from error
        except Exception as error:  # What Delta throws while it commits comes as the JVM's own.
            raise failure_of(str(error), None) from error
        finally:
            sessions.put(session)


def failure_of(text, sql_state):
    first = text.split("\n\tat ")[0][:2000]
    if "DELTA_CONCURRENT_" in text or "DELTA_METADATA_CHANGED" in text:
        sql_state = "2D521"
    found = re.search(r"SQLSTATE: (\w{5})", first)
    return SqlFailure(first, sql_state or (found.group(1) if found else "XX000"))


def value_of(given):
    value, kind = given.get("value"), given.get("type", "STRING").upper()
    if value is None:
        return None
    if kind in ("INT", "BIGINT", "SMALLINT"):
        return int(value)
    if kind in ("DOUBLE", "FLOAT"):
        return float(value)
    if kind == "BOOLEAN":
        return value.lower() == "true"
    if kind == "TIMESTAMP":
        at = datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))
        return at if at.tzinfo else at.replace(tzinfo=datetime.timezone.utc)
    if kind == "DATE":
        return datetime.date.fromisoformat(value)
    if kind == "STRING":
        return value
    raise ValueError(f"unsupported parameter type {kind}")


def text_of(value):
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.datetime):
        return value.isoformat(timespec="milliseconds") + "Z"
    return str(value)
