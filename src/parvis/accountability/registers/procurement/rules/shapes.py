"""How each raw column is written: one word a cell, computed once, that the rules then name.

Layers of SQL: the second layer may use the columns of the first.
"""

from parvis.accountability.registers.procurement.rules.columns import COUNTS, DAYS, MONEY


def identifier(column: str) -> tuple[str, str]:
    """Return SQL layers: what `prepare.sql` found of the identifier once for all its rows, then each part.

    The parts are its shape, the number that it suggests, and whether its keys prove that number.
    """
    read = f"{column}_read"
    parts = (f"{read}.shape AS {column}_shape", f"{read}.number AS {column}_number")
    return (
        f"(SELECT identifiers FROM raw.identifiers WHERE text = {column}) AS {read}",
        ", ".join((*parts, f"coalesce({read}.proved, false) AS {column}_proved")),
    )


buyer, supplier = identifier("buyer_id"), identifier("supplier_id")

CONTRACTS = (
    ", ".join(
        (
            buyer[0],
            *(f"shape_of_day({column}) AS {column}_shape" for column in DAYS),
            *(f"shape_of_money({column}) AS {column}_shape" for column in MONEY),
            *(f"shape_of_count({column}) AS {column}_shape" for column in COUNTS),
            "shape_of_cpv(cpv) AS cpv_shape",
        )
    ),
    buyer[1],
)

SHAPES = {"contracts": CONTRACTS, "suppliers": supplier}
"""Raw table -> layers of columns that its rules may name."""
