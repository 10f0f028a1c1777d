"""OpenFisca-France: the rules of French taxes and benefits, in a process of its own."""

from pathlib import Path
from typing import Final

from parvis.commons.engines.openfisca import households
from parvis.core.simulators.engines import DeclaredEngine

ENGINE: Final = DeclaredEngine(
    slug="openfisca",
    title="OpenFisca-France",
    summary="Les impôts, les cotisations et les prestations que le droit français donne à une situation.",
    module="parvis.commons.engines.openfisca.model",
    requirements=Path(__file__).parent / "requirements.txt",
    cases="models/openfisca-france-cases",
    cases_by="Ceux qui écrivent ce modèle publient avec lui des cas dont le résultat est connu : calculateur officiel "
    "des impôts, fiches de paie, simulations de la CAF.",
    cases_published=True,
    memory=4 * 2**30,
    seconds=60.0,
    demonstration=households.demonstration,
)
