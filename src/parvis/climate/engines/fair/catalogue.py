"""What the engine takes and gives, and the model's card."""

from collections.abc import Iterator
from typing import Final

from parvis.climate.engines.fair import paths
from parvis.climate.engines.fair.image import SUBSET, Image
from parvis.core.simulators.contract import Card, Choice, Entity, Field, Ref

LEACH: Final = Ref("Leach et al. 2021, FaIRv2.0.0", "https://doi.org/10.5194/gmd-14-3007-2021")
SMITH: Final = Ref("Smith et al. 2024, fair-calibrate v1.4.1", "https://doi.org/10.5194/gmd-17-8569-2024")
MEINSHAUSEN: Final = Ref(
    "Meinshausen et al. 2020, forçage de CO2, CH4 et N2O", "https://doi.org/10.5194/gmd-13-3571-2020"
)
THORNHILL: Final = Ref(
    "Thornhill et al. 2021, ozone et durée de vie du méthane", "https://doi.org/10.5194/acp-21-853-2021"
)
CUMMINS: Final = Ref("Cummins et al. 2020, bilan d’énergie et variabilité", "https://doi.org/10.1175/JCLI-D-19-0589.1")
SCENARIOS: Final = {
    "verylow": "Très basses émissions",
    "verylow-overshoot": "Très basses, après un dépassement",
    "low": "Basses émissions",
    "medium-extension": "Émissions moyennes",
    "medium-overshoot": "Moyennes, puis retraits massifs",
    "high-overshoot": "Hautes, puis retraits massifs",
    "high-extension": "Hautes émissions",
}
QUANTILES: Final = (5, 17, 50, 83, 95)
FORCINGS: Final = {
    "co2": ("du CO2", MEINSHAUSEN),
    "ch4": ("du méthane", MEINSHAUSEN),
    "n2o": ("du protoxyde d’azote", MEINSHAUSEN),
    "gaz_fluores": ("des gaz fluorés et des autres gaz halogénés", LEACH),
    "ozone": ("de l’ozone", THORNHILL),
    "aerosols": ("des aérosols, directement et par les nuages", SMITH),
    "autres": ("de l’usage des terres, des suies sur la neige et de la vapeur d’eau stratosphérique", LEACH),
    "naturel": ("du Soleil et des volcans", SMITH),
}
NOT_MODELLED: Final = (
    "Aucun pays, aucune région, aucune saison : une seule température, celle de la planète en surface.",
    "Ni pluies, ni sécheresses, ni niveau des mers, ni dommages.",
    "Ni points de bascule (glaces, permafrost, forêts) au delà de ce que la calibration en a pris.",
    "Ni économie : une trajectoire d’émissions est une hypothèse, non une prévision.",
    "Les concentrations des gaz halogénés suivent des durées de vie constantes.",
)


def card(image: Image) -> Card:
    gap = image.said["subset_gap"]
    few = (
        f"Avec {SUBSET} membres au lieu de 841, les quantiles du réchauffement s’écartent au plus de {gap:.2f} K "
        "(tous scénarios, toutes années jusqu’en 2100), surtout aux extrêmes."
    ).replace(".", ",", 1)
    return Card(
        engine="fair",
        title="FaIR 2, ensemble calibré et contraint 1.4.1",
        version=image.said["version"],
        digest=image.said["digest"],
        summary=(
            "Modèle climatique simple : des émissions de 50 gaz et particules aux concentrations, au forçage "
            "radiatif, puis à la température de surface. 841 jeux de paramètres, tous compatibles avec les "
            "observations et avec le sixième rapport du GIEC, en donnent l’incertitude, variabilité d’une année à "
            "l’autre comprise."
        ),
        not_modelled=(*NOT_MODELLED, few),
        source="https://github.com/OMS-NetZero/FAIR",
        licence="Apache-2.0",
        owner="OMS-NetZero/FAIR (C. Smith, N. Leach et contributeurs)",
        entities=(Entity(paths.ENTITY, "mondes", "Monde"),),
        refs=(LEACH, SMITH),
        describes_people=False,
    )


def fields() -> Iterator[Field]:
    yield from inputs()
    for quantile in QUANTILES:
        yield output(
            f"rechauffement_p{quantile}",
            f"Réchauffement depuis 1850-1901, {said_quantile(quantile)}",
            "K",
            "Température de surface au 1er janvier, moins la moyenne de 1850 à 1901 du même membre.",
            (LEACH, SMITH, CUMMINS),
        )
    for quantile in QUANTILES:
        yield output(
            f"effet_ajout_p{quantile}",
            f"Effet du CO2 ajouté sur la température, {said_quantile(quantile)}",
            "K",
            "Différence, membre par membre, avec le même monde sans « co2_fossile_ajoute » : la variabilité s’annule.",
            (LEACH, SMITH),
        )
    for limit, name in (("1,5", "1_5"), ("2", "2")):
        label = f"Part des membres au delà de {limit} °C"
        yield output(f"part_au_dela_{name}", label, "1", "Cette année-là, variabilité comprise.", (SMITH,))
    yield output("co2_p50", "Concentration de CO2, médiane", "ppm", "Au 1er janvier.", (LEACH,))
    yield output("emissions_co2_fossile", "Émissions de CO2 fossile", "Gt/a", "De l’année, énergie et industrie.", ())
    yield output("emissions_co2", "Émissions de CO2", "Gt/a", "De l’année, usage des terres compris.", ())
    yield output("forcage_p50", "Forçage radiatif effectif, médiane", "W/m2", "Au 1er janvier, depuis 1750.", (SMITH,))
    for name, (whose, ref) in FORCINGS.items():
        label = f"Forçage {whose}, médiane"
        yield output(
            f"forcage_{name}_p50", label, "W/m2", "Forçage radiatif effectif depuis 1750, au 1er janvier.", (ref,)
        )


def said_quantile(quantile: int) -> str:
    return "médiane" if quantile == 50 else f"quantile à {quantile} %"


def output(name: str, label: str, unit: str, description: str, refs: tuple[Ref, ...]) -> Field:
    return Field(name, label, "output", "number", unit, paths.ENTITY, "year", description=description, refs=refs)


def inputs() -> Iterator[Field]:
    scenarios = tuple(Choice(value, label) for value, label in SCENARIOS.items())
    members = (Choice(paths.ALL, "tous, 841"), Choice(paths.FEW, f"{SUBSET}, plus vite"))
    yield Field(
        paths.SCENARIO, "Scénario d’émissions", "input", "choice", "", paths.ENTITY, "eternity",
        paths.DEFAULT_SCENARIO, scenarios,
        description="Toutes les émissions depuis 1750. Les gaz autres que le CO2 fossile le suivent toujours.",
        refs=(Ref("FaIR, extensions_1750-2500.csv", "https://github.com/OMS-NetZero/FAIR/tree/master/examples/data"),),
    )  # fmt: skip
    yield Field(
        paths.MEMBERS, "Membres de l’ensemble", "input", "choice", "", paths.ENTITY, "eternity", paths.ALL, members,
        description="Combien de jeux de paramètres. Les 100 sont choisis d’avance, toujours les mêmes.", refs=(SMITH,),
    )  # fmt: skip
    for name, year in ((paths.IN_2030, 2030), (paths.IN_2050, 2050)):
        yield number(
            name,
            f"Baisse du CO2 fossile mondial en {year}, depuis {paths.LAST_KNOWN}",
            "%",
            (-100.0, 150.0),
            "Positive, c’est une baisse ; au delà de 100 %, plus de retraits que d’émissions. En ligne droite d’une "
            "année donnée à la suivante, constante après la dernière.",
        )
    label = "Année où le CO2 fossile mondial devient nul"
    yield number(
        paths.NEUTRAL, label, "", (2025.0, 2200.0), "Émissions nettes : ce qui est émis moins ce qui est retiré."
    )
    yield number(
        paths.ADDED,
        "CO2 fossile ajouté à la trajectoire",
        "Gt/a",
        (-100.0, 100.0),
        "De l’année donnée ; négatif : retiré. Sert à comparer un monde avec et sans les émissions d’un pays.",
        "year",
    )


def number(  # noqa: PLR0913, PLR0917 -- a field has these
    name: str, label: str, unit: str, bounds: tuple[float, float], help_: str, period: str = "eternity"
) -> Field:
    return Field(name, label, "input", "number", unit, paths.ENTITY, period, bounds=bounds, description=help_)
