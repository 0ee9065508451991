"""Drains graphs of no-op tasks with TaskFlow, durably: a parallel engine, its logbook in a SQLite file.

Reads one JSON line a graph ({"database": FILE, "workers": N, "parents": [[...], ...]}) and answers with one
({"wall": seconds, "cpu": seconds}).
"""

import contextlib
import json
import sys
import time

from taskflow import engines
from taskflow import task
from taskflow.patterns import graph_flow
from taskflow.persistence import backends
from taskflow.utils import persistence_utils


class Nop(task.Task):
    def execute(self):
        pass


def drain(order):
    backend = backends.fetch({"connection": "sqlite:///" + order["database"]})
    with contextlib.closing(backend.get_connection()) as connection:
        connection.upgrade()
    flow = graph_flow.Flow("plan")
    tasks = [Nop(name="a%d" % number) for number in range(len(order["parents"]))]
    flow.add(*tasks)
    for child, parents in enumerate(order["parents"]):
        for parent in parents:
            flow.link(tasks[parent], tasks[child])
    book, detail = persistence_utils.temporary_flow_detail(backend)
    engine = engines.load(
        flow, flow_detail=detail, backend=backend, book=book, engine="parallel", executor="threaded",
        max_workers=order["workers"])
    engine.compile()
    engine.prepare()
    wall, cpu = time.monotonic(), time.process_time()
    engine.run()
    return {"wall": time.monotonic() - wall, "cpu": time.process_time() - cpu}


for line in sys.stdin:
    print(json.dumps(drain(json.loads(line))), flush=True)
