"""What OCDS 1.1.5 says of the fields that the crosswalk writes: names, types, what is required, closed code lists.

Facts of the release schema, restated as a JSON Schema that refuses any field it does not know.
"""

INSTANT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"}
TEXT = {"type": "string", "minLength": 1}


def thing(required=(), **properties):
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
        "minProperties": 1,
    }


def several(item):
    return {"type": "array", "items": item, "minItems": 1}


def code(*values):
    return {"type": "string", "enum": list(values)}


VALUE = thing(amount={"type": "number"}, currency={"type": "string", "pattern": "^[A-Z]{3}$"})
ORGANIZATION = thing(id=TEXT, name=TEXT)
ITEM = thing(("id",), id=TEXT, classification=thing(scheme=TEXT, id=TEXT))
RELATED = thing(id=TEXT, relationship=several(TEXT), scheme=TEXT, identifier=TEXT)
AMENDMENT = thing(id=TEXT, date=INSTANT, description=TEXT)
PARTY = thing(id=TEXT, name=TEXT, identifier=thing(scheme=TEXT, id=TEXT), roles=several(TEXT))

TENDER = thing(
    ("id",),
    id=TEXT,
    title=TEXT,
    status=code("planning", "planned", "active", "cancelled", "unsuccessful", "complete", "withdrawn"),
    procurementMethod=code("open", "selective", "limited", "direct"),
    procurementMethodDetails=TEXT,
    mainProcurementCategory=code("goods", "works", "services"),
    additionalProcurementCategories=several(TEXT),
    numberOfTenderers={"type": "integer"},
    value=VALUE,
)
AWARD = thing(
    ("id",),
    id=TEXT,
    title=TEXT,
    status=code("pending", "active", "cancelled", "unsuccessful"),
    date=INSTANT,
    value=VALUE,
    suppliers=several(ORGANIZATION),
    items=several(ITEM),
)
CONTRACT = thing(
    ("id", "awardID"),
    id=TEXT,
    awardID=TEXT,
    title=TEXT,
    status=code("pending", "active", "cancelled", "terminated"),
    period=thing(durationInDays={"type": "integer"}),
    value=VALUE,
    items=several(ITEM),
    dateSigned=INSTANT,
    amendments=several(AMENDMENT),
    relatedProcesses=several(RELATED),
)
TAGS = (
    "planning",
    "planningUpdate",
    "tender",
    "tenderAmendment",
    "tenderUpdate",
    "tenderCancellation",
    "award",
    "awardUpdate",
    "awardCancellation",
    "contract",
    "contractUpdate",
    "contractAmendment",
    "implementation",
    "implementationUpdate",
    "contractTermination",
    "compiled",
)
RELEASE = thing(
    ("ocid", "id", "date", "tag", "initiationType"),
    ocid={"type": "string", "pattern": "^ocds-[a-z0-9]{6}-"},
    id={"type": "string", "pattern": "^[^#]+$"},
    date=INSTANT,
    tag=several(code(*TAGS)),
    initiationType=code("tender"),
    language=TEXT,
    parties=several(PARTY),
    buyer=ORGANIZATION,
    tender=TENDER,
    awards=several(AWARD),
    contracts=several(CONTRACT),
)
PACKAGE = thing(
    ("uri", "version", "publishedDate", "publisher", "releases"),
    uri={"type": "string", "format": "uri"},
    version={"type": "string", "enum": ["1.1"]},
    publishedDate=INSTANT,
    publisher=thing(("name",), name=TEXT),
    license={"type": "string", "format": "uri"},
    releases=several(RELEASE),
)
