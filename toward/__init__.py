"""``import toward``: the package under the name it is installed by.

The code lies in the folder ``analysis`` beside this one. Where ``import analysis`` finds that folder, both names are one
package: ``toward.study`` is ``analysis.study``. Where it finds something else, such as a file ``analysis.py`` in the
working folder, the code is loaded under the name ``toward``.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import InspectLoader, Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis import *  # noqa: F403
    from analysis import __version__ as __version__

_CODE = Path(__file__).resolve().parents[1] / "analysis"


def _is_analysis_ours() -> bool:
    """Whether the name ``analysis`` means the folder beside this one."""
    known = sys.modules.get("analysis")
    found = known.__spec__ if known is not None else find_spec("analysis")
    return found is not None and found.origin is not None and Path(found.origin).resolve().parent == _CODE


class _SecondName(MetaPathFinder, Loader):
    """Finds ``toward.NAME`` as what is loaded, or can be, as ``analysis.NAME``: one module, not two of one source."""

    def find_spec(self, name: str, _path: Sequence[str] | None, _target: ModuleType | None = None) -> ModuleSpec | None:
        if not name.startswith("toward."):
            return None
        first = find_spec(_first(name))
        return first and ModuleSpec(name, self, origin=first.origin, is_package=first.submodule_search_locations is not None)

    def exec_module(self, module: ModuleType) -> None:
        sys.modules[module.__name__] = import_module(_first(module.__name__))

    def get_code(self, name: str) -> CodeType | None:
        """A module's code, for ``python -m toward.cli``."""
        first = find_spec(_first(name))
        return first.loader.get_code(first.name) if first and isinstance(first.loader, InspectLoader) else None


def _first(name: str) -> str:
    return "analysis" + name.removeprefix("toward")


if _is_analysis_ours():
    sys.meta_path.insert(0, _SecondName())
    sys.modules[__name__] = import_module("analysis")
else:
    _spec = spec_from_file_location(__name__, _CODE / "__init__.py", submodule_search_locations=[str(_CODE)])
    if _spec is None or _spec.loader is None:
        raise ImportError(f"The package's code is missing: {_CODE}. Install it again: pip install --force-reinstall toward")
    sys.modules[__name__] = module_from_spec(_spec)
    _spec.loader.exec_module(sys.modules[__name__])
