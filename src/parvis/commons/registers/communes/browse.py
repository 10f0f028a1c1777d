"""How communes are listed, filtered and shown."""

from parvis.core.registers.browsing import Browse, Facet, Sort

BANDS = {
    "1": "moins de 500 habitants",
    "2": "de 500 à 2 000",
    "3": "de 2 000 à 10 000",
    "4": "de 10 000 à 100 000",
    "5": "100 000 et plus",
}

BROWSE = Browse(
    table="communes",
    noun=("commune", "communes"),
    key="code",
    title="name",
    date="",
    search=("name", "code"),
    shown=("code", "name", "department", "population"),
    facets=(
        Facet("departement", "Département", "department"),
        Facet("nature", "Nature", "kind", {"COM": "Commune", "ARM": "Arrondissement municipal"}),
        Facet(
            "taille",
            "Population",
            "case when population < 500 then '1' when population < 2000 then '2' when population < 10000 then '3' "
            "when population < 100000 then '4' when population is not null then '5' end",
            BANDS,
        ),
    ),
    sorts=(
        Sort("nom", "par nom", "name", descending=False),
        Sort("population", "de la plus peuplée à la moins peuplée", "population"),
        Sort("code", "par code", "code", descending=False),
    ),
)
