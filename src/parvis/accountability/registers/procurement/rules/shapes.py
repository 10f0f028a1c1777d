"""How each raw column is written: one word a cell, computed once, that the rules then name.

Layers of SQL: the second layer may use the columns of the first, and the third those of the second.
"""

from parvis.accountability.registers.procurement.rules.columns import COUNTS, DAYS, MONEY


def identifier(column: str) -> tuple[str, str, str]:
    """Return SQL layers: the shape of an identifier, the number that it suggests, and whether its keys prove it."""
    shape, number = f"{column}_shape", f"{column}_number"
    proved = f"CASE WHEN {shape} = 'siren' THEN luhn9({number}) ELSE is_proved({number}) END"
    return (
        f"shape_of_id({column}) AS {shape}",
        f"TRY_CAST(read_id({column}, {shape}) AS BIGINT) AS {number}",
        f"coalesce({proved}, false) AS {column}_proved",
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
    buyer[2],
)

SHAPES = {"contracts": CONTRACTS, "suppliers": supplier}
"""Raw table -> layers of columns that its rules may name."""
