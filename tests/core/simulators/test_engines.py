"""What a site knows of an engine without starting it."""

from dataclasses import replace

from core.simulators.conftest import TINY
from parvis.core.simulators.engines import Population, demonstration


def test_a_demonstration_population_is_read_once_for_all_who_compare_on_it(tmp_path) -> None:
    read = []

    def households(data):
        read.append(data)
        return Population({}, "2024", "Des ménages", "Ils ne sont personne.", "menage", "revenu")

    declared = replace(TINY, demonstration=households)

    assert demonstration(declared, tmp_path) is demonstration(declared, tmp_path)
    assert read == [tmp_path]
    assert demonstration(TINY, tmp_path) is None
