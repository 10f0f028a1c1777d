"""The model's own cases: official calculators, pay slips, typical households."""

from pathlib import Path

from parvis.core.simulators.hosting.calling import Host


def test_a_sample_of_its_own_cases_passes(openfisca: Host, data: Path) -> None:
    results = list(openfisca.cases(12))

    assert (data / "models/openfisca-france-cases").is_dir()
    assert len(results) == 12
    assert [result for result in results if not result.is_passed] == []
