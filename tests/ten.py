"""Ten short articles of the kinds that news comes in, and the notebooks run on them in this process."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

TEXTS = {
    "blame": """Council attacks Mayor Lind over flood

Mayor Anna Lind betrayed the town, the council said on Monday. Lind ignored every warning about the dam.
Residents accused Lind of cowardice. Lind lied to the council about the cost. The disaster is the fault of
Lind, said councillor Tom Birch. Birch praised the firemen. Lind was condemned by the union. The failure of
Lind is shameful, residents said.
""",
    "praise": """Doctors praise Nurse Adler

Ruth Adler saved nine children in the fire. Adler is a hero, said the mayor of Oslo. Parents thanked Adler for
her courage. Doctors admire Adler. The brave work of Adler inspired the whole hospital. Norway honoured Adler
with a medal on Friday. Adler was cheered.
""",
    "both": """Holm and Lund clash again

Lars Holm criticised Erik Lund on Monday. Lund called Holm a liar. Holm praised the budget of Denmark. Lund
thanked Denmark for its help. Holm met reporters in Copenhagen. Lund left the hall early. Denmark waits for a
decision. Holm said that Lund had failed Denmark. Lund said Holm was weak.
""",
    "plain": """Norway and Sweden meet in Oslo

Ministers of Norway and Sweden met in Oslo on Tuesday. Norway will send ten people. Sweden will send twelve.
The talks between Norway and Sweden go on until Friday. Norway published the list. Sweden has not published
its list. A statement of Sweden is due in May.
""",
    "quotes": """Hale accuses Norland of fraud

“Norland is a criminal firm,” said Victor Hale. According to Hale, Norland cheated its own customers. “We did
nothing wrong,” a spokesman of Norland said. Critics said that Norland may have lied. Norland reportedly paid
a fine. Hale claimed that Norland had threatened him. Officials said Norland could lose its licence. Hale was
not believed by all.
""",
    "war": """Gunmen attack village in Sudan

Gunmen killed nine people in Sudan on Sunday. The army of Sudan blamed rebels. The United Nations condemned
the attack. Sudan asked the United Nations for help. The United Nations said that Sudan must protect its
people. Hundreds fled. The UN sent food.
""",
    "sport": """England beat Wales

England beat Wales on Saturday. Wales were poor. England were superb, said captain Ian Kerr. Kerr scored
twice. Wales lost their keeper to an injury. England will play Spain next. Wales go home. Kerr thanked the
fans of England.
""",
    "one": """Birch resigns

Tom Birch resigned.
""",
    "nobody": """Rain again

It rained all day. The wind was terrible. Nobody was hurt.
""",
    "names": """North Korea and the north

North Korea opened a port in the north. Traders from the north praised North Korea. North Korean officials
were glad. The north wind was cold. Kim Jong Un visited the port. North Korea thanked Kim Jong Un. Kim Jong Un
said North Korea would grow.
""",
}


def page(notebook: Path, article: Path) -> tuple[list[Any], str]:
    """What the cells of a notebook show for an article, and its answer in words."""
    names: dict[str, Any] = {}
    shown: list[Any] = []
    answer = ""
    for cell in json.loads(notebook.read_text("utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        tree = ast.parse("".join(cell["source"]))
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, str(notebook), "exec"), names)
        if "parameters" in cell["metadata"].get("tags", []):
            names["article"] = article
        if last is not None:
            shown.append(eval(compile(ast.Expression(last.value), str(notebook), "eval"), names))
        if "answer" in cell["metadata"].get("tags", []):
            answer = str(shown[-1])
    return shown, answer
