"""The OCDS export, judged by ocdsmerge, the Open Contracting Partnership's own compiler of releases.

It says whether releases can be put together: dated in order, each organization, contract and amendment once in its
list. It asks no network, since its merge rules are given. The other judges do: libcoveocds and ocdskit fetch the
schema of the standard, or take a copy of it, and no package brings one. So its fields, types and code lists are
checked against our own statement of them, in tests/accountability/procurement/crosswalk/ocds_facts.py.
"""

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from accountability.procurement import small
from parvis.accountability.registers.procurement.crosswalk import CROSSWALKS, to_ocds

COMPILE = Path(__file__).with_name("compile_releases.py")
AT = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)

pytestmark = pytest.mark.foreign


@pytest.fixture(params=["v1", "pes", "csv", "v2"])
def connection(request, data, tmp_path):
    """Connect to the release of each real file."""
    return small.see(small.published(small.read(data, request.param, tmp_path), tmp_path / "release", AT))


def compiled(judges, lines, folder):
    """Return what ocdsmerge makes of an export, by the number of each process; it refuses what it warns of."""
    file = folder / "export.jsonl"
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    made = subprocess.run([judges / "python", COMPILE, file], capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    return {release["ocid"]: release for release in map(json.loads, made.stdout.splitlines())}


def test_ocdsmerge_puts_the_versions_together_as_the_register_does(judges, connection, tmp_path):
    (crosswalk,) = CROSSWALKS
    found = compiled(judges, crosswalk.export(connection), tmp_path)
    current = [row for row in to_ocds.rows(connection) if row["is_current"]]

    assert len(current) > 0
    for row in current:
        process = found[to_ocds.ocid(row)]
        (contract,) = (each for each in process["contracts"] if each["id"] == row["id"])
        value = (process["tender"] if row["is_framework"] else contract).get("value")
        assert (value and value["amount"]) == (None if row["amount"] is None else float(row["amount"]))
        assert contract.get("title") == row["object"]
        assert contract.get("dateSigned", "")[:10] == str(row["notified_on"] or "")
        assert len(contract.get("amendments", [])) == row["version"]


def test_ocdsmerge_refuses_what_the_standard_does(judges, connection, tmp_path):
    """The judge judges: an organization twice in a list is refused."""
    (crosswalk,) = CROSSWALKS
    package = next(crosswalk.export(connection))
    parties = package["releases"][0]["parties"]
    parties.append(parties[0])

    with pytest.raises(AssertionError, match="DuplicateIdValueWarning"):
        compiled(judges, [package], tmp_path)
