"""The judge: OpenFisca's own web handler, run by the engine's Python, on payloads made of OpenFisca-France's cases.

`python stock.py FOLDER MOST` writes one JSON line a case: its name, the payload, what stock answers to it. The
payload is what a client of the web API would send: plurals, periods, nulls for what is wished. Without
words, it judges the payload that it reads.
"""

import copy
import json
import sys
import time
from datetime import UTC, date, datetime
from email.utils import format_datetime
from pathlib import Path

import yaml
from openfisca_core.indexed_enums import Enum  # noqa: F401 -- imported first: a cycle in OpenFisca-Core otherwise
from openfisca_france import CountryTaxBenefitSystem
from openfisca_web_api.handlers import calculate


def payloads(system, path):
    """Yield the cases of a file as payloads."""
    for number, case in enumerate(read(path)):
        if not {"reforms", "extensions", "parameters"} & set(case) and isinstance(case.get("input"), dict):
            payload = payload_of(system, case)
            if payload:
                yield f"{path.name} #{number}", payload


def read(path):
    found = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return found if isinstance(found, list) else [found]


def payload_of(system, case):
    period = str(case.get("period", "")).removeprefix("year:").removeprefix("month:")
    entities = {entity.key: entity for entity in system.entities} | {
        entity.plural: entity for entity in system.entities
    }
    said = case["input"]
    payload = situated(system, said, entities) if set(said) <= set(entities) else spread(system, said)
    if payload is None or not payload.get("individus"):
        return None
    for plural, rows in payload.items():
        for name, values in rows.items():
            rows[name] = {key: dated(system, key, value, period) for key, value in (values or {}).items()}
        payload[plural] = rows
    return payload if wish(system, payload, case.get("output") or {}, entities, period) else None


def situated(system, said, entities):
    """Give every entity by its plural: OpenFisca's test files may name a single row by the entity's singular."""
    payload = {}
    for key, rows in said.items():
        entity = entities[key]
        payload[entity.plural] = {entity.key: rows} if key == entity.key else rows
    return copy.deepcopy(payload)


def spread(system, said):
    """Make persons alone of a file that gives variables only: as many as the longest list."""
    values = {name: value for name, value in said.items() if name in system.variables}
    if set(values) != set(said) or any(isinstance(value, dict) for value in values.values()):
        return None
    count = max(len(value) if isinstance(value, list) else 1 for value in values.values())
    payload = {entity.plural: {f"p{row}": {} for row in range(count)} for entity in system.entities}
    for entity in system.group_entities:
        role = entity.roles[0]
        for name, row in payload[entity.plural].items():
            row[role.plural or role.key] = [name]
    for name, value in values.items():
        plural = system.variables[name].entity.plural
        for row in range(count):
            payload[plural][f"p{row}"][name] = value[row] if isinstance(value, list) else value
    return payload


def dated(system, key, value, period):
    variable = system.variables.get(key)
    if variable is None:  # a role: its persons
        return value
    if isinstance(value, dict):
        return {str(when): plain(variable, one) for when, one in value.items()}
    return {period: plain(variable, value)}


def plain(variable, value):
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if variable.value_type is str else value


def wish(system, payload, output, entities, period):
    """Put nulls where the case expects values; whether there is one at least."""
    wished = list(output.items())
    for key, rows in output.items():
        if key in entities:
            single = {key: rows} if key == entities[key].key else rows
            wished += [pair for row in single.values() if isinstance(row, dict) for pair in row.items()]
    done = 0
    for name, value in wished:
        if name not in system.variables:
            continue
        periods = [str(when) for when in value] if isinstance(value, dict) else [period]
        for row in payload.get(system.variables[name].entity.plural, {}).values():
            for when in periods:
                if when not in row.get(name, {}):
                    row.setdefault(name, {})[when] = None
                    done += 1
    return done


def cases(system, folder, most):
    """Return payloads made of the official cases, taken at equal distances."""
    found = [one for path in sorted(Path(folder).rglob("*.yaml")) for one in payloads(system, path)]
    return found[:: max(1, len(found) // most)][:most]


def http_date(day):
    """Write a day as OpenFisca's server does, by Flask."""
    return format_datetime(datetime(day.year, day.month, day.day, tzinfo=UTC), usegmt=True)


def main(words):
    """Judge the cases of a folder (`FOLDER MOST`), or a payload read from the standard input."""
    system = CountryTaxBenefitSystem()
    chosen = cases(system, words[0], int(words[1])) if words else [("payload", json.load(sys.stdin))]
    for name, payload in chosen:
        began = time.process_time()
        answer = calculate(system, copy.deepcopy(payload))
        seconds = time.process_time() - began
        line = {"name": name, "payload": payload, "answer": answer, "seconds": seconds}
        sys.stdout.write(json.dumps(line, default=http_date) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
