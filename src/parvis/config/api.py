"""The public API: one document, each app's part of it one line."""

from parvis.core.processes.api import router as processes
from parvis.core.registers.api import router as registers
from parvis.core.simulators.api import router as simulators
from parvis.core.simulators.openfisca.api import router as openfisca
from parvis.core.web.api import HANDLERS, DescribedAPI

api = DescribedAPI(
    title="Parvis, données publiques",
    version="1",
    description=(
        "Sans clé. Rien ne s'écrit : un POST calcule ou vérifie, et n'est ni gardé ni noté. "
        "Les filtres sont ceux des pages : `GET /registers/{slug}` nomme ceux d'un registre. "
        "Un filtre inconnu est refusé. Une erreur est un « problem details » (RFC 9457) : `detail` dit quoi faire. "
        "Les montants sont des textes décimaux, en euros ; les jours sont ISO 8601."
    ),
    urls_namespace="api",
    docs_url=None,
)
for refusal, handler in HANDLERS.items():
    api.add_exception_handler(refusal, handler)
api.add_router("", registers)
api.add_router("", processes)
api.add_router("", simulators)
api.add_router("", openfisca)
