"""Every variable and parameter is told: its unit, its law, its history, its rule."""

from datetime import date

from parvis.core.simulators.hosting.calling import Host


def test_every_variable_and_parameter_is_a_field(openfisca: Host) -> None:
    fields = list(openfisca.fields().values())
    kinds = [field.kind for field in fields]

    assert (kinds.count("input"), kinds.count("output")) == (2_195, 988)
    assert len([field for field in fields if field.kind == "parameter" and "[" not in field.name]) == 2_991


def test_a_rule_is_told_with_its_text_and_its_law(openfisca: Host) -> None:
    field = openfisca.fields()["salaire_imposable"]

    assert (field.entity, field.period, field.unit) == ("individu", "month", "EUR/mo")
    assert "individu('salaire_de_base', period)" in field.formulas[-1].text
    assert field.refs[0].href.startswith("https://www.legifrance.gouv.fr/")
    assert "1AJ" in field.description
    assert field.place.startswith("openfisca_france/model/")


def test_every_computed_variable_has_its_text(openfisca: Host) -> None:
    without = [
        field.name
        for field in openfisca.fields().values()
        if field.kind == "output" and not any(formula.text for formula in field.formulas)
    ]

    assert without == []


def test_a_choice_names_its_choices(openfisca: Host) -> None:
    field = openfisca.fields()["statut_occupation_logement"]

    assert field.default == "non_renseigne"
    assert ("locataire_hlm", "Locataire d'un logement HLM") in [tuple(choice) for choice in field.choices]


def test_a_parameter_s_values_bear_their_law(openfisca: Host) -> None:
    field = openfisca.fields()["prestations_sociales.prestations_familiales.bmaf.bmaf"]
    value = next(dated for dated in field.history if dated.start == date(2024, 4, 1))

    assert (value.value, field.unit) == (466.44, "EUR")
    assert "DSS/2B/2024/43" in value.refs[0].title
    assert "Avant le 1er janvier 2002, en francs" in field.description


def test_a_scale_is_said_and_its_parts_are_fields(openfisca: Host) -> None:
    scale = openfisca.fields()["impot_revenu.bareme_ir_depuis_1945.bareme"]
    rate = openfisca.fields()["impot_revenu.bareme_ir_depuis_1945.bareme[4].rate"]
    year = next(dated for dated in scale.history if dated.start == date(2024, 1, 1))

    assert scale.type == "scale"
    assert str(year.value).endswith("45 % à partir de 180\u202f294 €")
    assert (rate.place, rate.unit, rate.default) == (scale.name, "1", 0.45)


def test_a_variable_that_ended_says_when(openfisca: Host) -> None:
    field = openfisca.fields()["ppe"]

    assert field.formulas[-1] == (date(2016, 1, 1), "", ())
    assert "N’existe plus après le 2015-12-31" in field.description


def test_the_card_says_which_rules_were_loaded(openfisca: Host) -> None:
    card = openfisca.card()

    assert card.version.startswith("176.1.8")
    assert len(card.digest) == 64
    assert [entity.key for entity in card.entities] == ["individu", "famille", "foyer_fiscal", "menage"]
    assert len(card.not_modelled) >= 5
