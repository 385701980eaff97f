"""An article that tries every way in: each payload, if it ran, would set ``window.pwned``.

``python tests/hostile.py`` writes it to ``tests/articles/hostile.txt``.
"""

from __future__ import annotations

from pathlib import Path

PATH = Path(__file__).parent / "articles" / "hostile.txt"

PAYLOADS = (
    "<script>window.pwned=1</script>",
    "</title><script>window.pwned=2</script>",
    "</style><script>window.pwned=3</script>",
    "</textarea></noscript><script>window.pwned=4</script>",
    "<img src=x onerror=window.pwned=5>",
    '<img src="https://beacon.example/a.png" onload="window.pwned=6">',
    "<svg onload=window.pwned=7><script>window.pwned=8</script></svg>",
    "<svg><animate onbegin=window.pwned=9 attributeName=x dur=1s></svg>",
    '<iframe src="javascript:parent.pwned=10"></iframe>',
    '<iframe srcdoc="<script>parent.pwned=11</script>"></iframe>',
    '<object data="data:text/html,<script>parent.pwned=12</script>"></object>',
    '<embed src="https://beacon.example/e.swf">',
    '<a href="javascript:window.pwned=13">press here</a>',
    "[press here](javascript:window.pwned=14)",
    "![a picture](https://beacon.example/b.png)",
    '<a href="data:text/html,<script>window.pwned=15</script>">data</a>',
    '<form action="https://beacon.example/f"><input autofocus onfocus=window.pwned=16></form>',
    '<meta http-equiv="refresh" content="0;url=https://beacon.example/m">',
    '<meta http-equiv="Content-Security-Policy" content="script-src \'unsafe-inline\' *">',
    '<base href="https://beacon.example/">',
    '<link rel="stylesheet" href="https://beacon.example/s.css">',
    '<style>@import "https://beacon.example/i.css"; body{display:none}</style>',
    '<div style="background:url(https://beacon.example/c.png);position:fixed;inset:0">over everything</div>',
    '" onmouseover="window.pwned=17" x="',
    "' onmouseover='window.pwned=18' x='",
    "<!-- a comment that never ends",
    "--><script>window.pwned=19</script>",
    "]]><script>window.pwned=20</script>",
    "<math><mtext></p><style><img src=x onerror=window.pwned=21></style></mtext></math>",
    "{{ 7 * 7 }} {% raw %} ${7*7} #{7*7}",
    "&lt;b&gt; &amp;amp; &#60;script&#62;",
    "\\(e^{i\\pi}\\) $$\\href{javascript:window.pwned=22}{x}$$ \\begin{equation}x\\end{equation}",
    "<h1>A second title</h1></main></body></html>",
    "<p id=main class=row>a stolen id</p>",
)
"""Each stands in a sentence of its own and must be there to read, letter for letter."""

HIDDEN = (
    "\N{RIGHT-TO-LEFT OVERRIDE}txt.exe\N{POP DIRECTIONAL FORMATTING}",
    "Pu\N{ZERO WIDTH SPACE}tin",
    "bell\x07 and nul\x00 and escape\x1b[31m",
    "soft\N{SOFT HYPHEN}hyphen",
    "last\uffff",
)
"""Characters that hide or reorder; the report shows their codes."""

FORMULAS = ('=HYPERLINK("https://beacon.example")', "@SUM(1+1)*cmd|' /C calc'!A0")
AMOUNTS = ("$5 million", "$10 million")
LONG_WORD = "a" * 10_000


def text() -> str:
    """The article."""
    names = ("Vladimir Putin", "Russia", "Ukraine", "Donald Trump", "North Korea", "Sergey Lavrov")
    verbs = ("praised", "attacked", "blamed", "welcomed", "threatened")
    lines = [
        '<script>window.pwned=0</script> Lavrov & "Friends" Visit <b>North Korea</b>',
        "",
        "- Russia pays $5 million, then $10 million, to <i>North Korea</i>.",
    ]
    for place, payload in enumerate(PAYLOADS):
        one, other = names[place % 6], names[(place + 1) % 6]
        lines += ["", f"{one} {verbs[place % 5]} {other} over the terrible {payload} affair, a spokesman said."]
    lines += ["", "President <img src=x onerror=window.pwned=23> Putin met Kim Jong Un <svg onload=window.pwned=24> on Monday."]
    for hidden in HIDDEN:
        lines += ["", f"Russia welcomed the {hidden} file with great joy."]
    for formula in FORMULAS:
        lines += ["", formula, "", f"{formula} Ukraine attacked Russia brutally."]
    lines += ["", f"Ukraine was delighted by {LONG_WORD} from Russia.", "", "Sergey Lavrov hates the awful war in Ukraine."]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PATH.write_bytes(text().encode("utf-8"))
