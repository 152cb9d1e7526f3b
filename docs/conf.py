import tomllib
from pathlib import Path

_WORKSPACE = Path(__file__).parents[1]
_META = tomllib.loads((_WORKSPACE / "packages/mlsysim/pyproject.toml").read_text(encoding="utf-8"))

project = "mlsysim"
author = "The mlsysim developers"
copyright = author  # noqa: A001  # Sphinx's word for it
release = version = _META["project"]["version"]

extensions = [
    "myst_parser",
    "numpydoc",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.doctest",
    "sphinx.ext.mathjax",
    "sphinx_copybutton",
]
exclude_patterns = ["_build", "news/*"]
templates_path = ["_templates"]

html_theme = "furo"
html_title = f"mlsysim {release}"

myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3

autosummary_generate = True
autosummary_ignore_module_all = False  # public is what __all__ says
autosummary_imported_members = True
autodoc_member_order = "bysource"
autodoc_typehints = "none"  # numpydoc shows those of the docstring
numpydoc_show_class_members = False

copybutton_prompt_text = r">>> |\.\.\. "
copybutton_prompt_is_regexp = True

# No inventories of other projects: the build needs no network.
nitpick_ignore_regex = [
    (r"py:.*", r"(collections|datetime|numpy|pint|pydantic|pydantic_core|typing)\..*"),
]
