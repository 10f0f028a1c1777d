"""The engine's process."""

import json
import os
import socket
import sys
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any

from parvis.core.errors import ParvisError
from parvis.core.simulators.contract import Asks, Engine, Explains, Tested
from parvis.core.simulators.hosting.messages import asked_of, refused_frame, results_frame
from parvis.core.simulators.hosting.records import written
from parvis.core.simulators.hosting.refusals import NotAnswered, name_of
from parvis.core.simulators.hosting.wire import Frame, pack, receive
from parvis.core.simulators.identity import columns_hash


def answer(engine: Engine, frame: Frame, sock: socket.socket) -> None:
    began = perf_counter()
    word = frame.header["word"]
    if word == "cases":
        if not isinstance(engine, Tested):
            raise NotAnswered("Ce moteur n'a pas de cas à lui.")
        for case in engine.cases(Path(frame.header["folder"]), most=frame.header["most"]):
            sock.sendall(pack({"item": json.loads(written(case))}))
        sock.sendall(pack({"end": True}))
        return
    asked = asked_of(frame)
    if word == "evaluate":
        columns = engine.evaluate(asked.table, asked.outputs, asked.period, asked.changes)
        sock.sendall(results_frame(columns, columns_hash(columns), perf_counter() - began))
        return
    sock.sendall(pack({"items": json.loads(written(said(engine, frame, asked)))}))


def said(engine: Engine, frame: Frame, asked: Any) -> object:
    if frame.header["word"] == "explain" and isinstance(engine, Explains):
        output, whole = frame.header["output"], frame.header["whole"]
        return list(engine.explain(asked.table, output, asked.period, asked.changes, whole=whole))
    if frame.header["word"] == "missing" and isinstance(engine, Asks):
        return list(engine.missing(asked.table, asked.outputs, asked.period, asked.changes))
    raise NotAnswered("Ce moteur ne sait pas le dire.")


def serve(told: dict[str, Any]) -> None:
    engine = import_module(told["module"]).load(Path(told["prepared"]) / "image")
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(told["path"])
    os.chmod(told["path"], 0o600)
    listening.listen(64)
    os.write(told["ready"], b"ready")
    os.close(told["ready"])
    while True:
        sock, _ = listening.accept()
        with sock:
            frame = receive(sock)
            if frame is None:
                continue
            try:
                answer(engine, frame, sock)
            except ParvisError as error:
                sock.sendall(refused_frame(name_of(error), str(error)))


if __name__ == "__main__":
    if os.fork():
        os._exit(0)
    serve(json.loads(sys.argv[1]))
