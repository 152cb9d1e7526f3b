import re
import subprocess
import sys
import tomllib
from pathlib import Path

import mlsysim_core
import mlsysim_core.pictures
import mlsysim_registry
import mlsysim_solvers
import mlsysim_solvers.pictures
import mlsysim_solvers.teaching
import mlsysim_solvers.validation
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

_WORKSPACE = Path(__file__).parents[1]
_META = tomllib.loads((_WORKSPACE / "packages/mlsysim/pyproject.toml").read_text(encoding="utf-8"))
_HOMES = (
    mlsysim_core,
    mlsysim_core.pictures,
    mlsysim_registry,
    mlsysim_solvers,
    mlsysim_solvers.pictures,
    mlsysim_solvers.teaching,
    mlsysim_solvers.validation,
)

project = "mlsysim"
author = "The mlsysim developers"
copyright = author  # noqa: A001  # Sphinx's word for it
release = version = _META["project"]["version"]

extensions = [
    "myst_nb",
    "numpydoc",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.doctest",
    "sphinx-mathjax-offline",
    "sphinx.ext.mathjax",
    "sphinx_copybutton",
]
exclude_patterns = ["_build", "news/*"]
templates_path = ["_templates"]

html_theme = "furo"
html_title = f"mlsysim {release}"

nb_execution_mode = "force"  # the labs are kept without what they show
nb_execution_timeout = 600
nb_execution_raise_on_error = True
nb_render_markdown_format = "myst"

myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3

autosummary_generate = True
autosummary_ignore_module_all = False  # public is what __all__ says
autosummary_imported_members = True
autosummary_context = {"homes": {home.__name__: home.__all__ for home in _HOMES}}
autodoc_default_options = {"exclude-members": "model_config"}
autodoc_member_order = "bysource"
autodoc_typehints = "none"  # numpydoc shows those of the docstring
doctest_test_doctest_blocks = ""  # pytest runs those of docstrings, which know their module
numpydoc_show_class_members = False

copybutton_prompt_text = r">>> |\.\.\. "
copybutton_prompt_is_regexp = True

# No inventories of other projects: the build needs no network.
nitpick_ignore_regex = [
    (r"py:.*", r"(collections|datetime|numpy|pint|pydantic|pydantic_core|typing)\..*"),
    (r"py:meth", r"model_\w+"),  # pydantic's, inherited by every spec
]


def _public_home(
    app: Sphinx, env: BuildEnvironment, node: addnodes.pending_xref, content: nodes.TextElement
) -> nodes.Node | None:
    """Lead a reference to where its object was defined on to where it is documented."""
    parts = node["reftarget"].split(".")
    for home in _HOMES:
        for start, part in enumerate(parts):
            if node["refdomain"] == "py" and part in home.__all__:
                target = ".".join([home.__name__, *parts[start:]])
                found = env.domains["py"].resolve_xref(
                    env, node["refdoc"], app.builder, "obj", target, node, content
                )
                if found is not None:
                    return found
    return None


def _draw(app: Sphinx) -> None:
    """Draw the pictures of the pages, as the commands beside them say."""
    folder = Path(app.srcdir) / "drawn"
    folder.mkdir(exist_ok=True)
    page = (Path(app.srcdir) / "how-to/pictures-and-comparisons.md").read_text(encoding="utf-8")
    for line in re.findall(r"(?m)^mlsysim plot .*$", page):
        words = line.split()[1:-2]  # where it is written is told below
        command = [sys.executable, "-m", "mlsysim_cli", *words, "-o", f"{folder / words[1]}.svg"]
        if subprocess.run(command, check=False).returncode not in {0, 2}:  # 2: one does not fit
            raise RuntimeError(f"no picture: {line}")


def setup(app: Sphinx) -> None:
    """Let Sphinx find public objects under their public names, and draw."""
    app.connect("missing-reference", _public_home)
    app.connect("builder-inited", _draw)
