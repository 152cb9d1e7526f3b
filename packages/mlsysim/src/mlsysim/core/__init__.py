"""Where the stable names of the core live for users of the meta-package."""

from mlsysim_core.deprecation import module_getattr

__getattr__ = module_getattr(
    __name__,
    {},
    lazy={
        name: f"{__name__}.{name}"
        for name in (
            "constants",
            "defaults",
            "dse",
            "engine",
            "formulas",
            "pipeline",
            "scenarios",
            "solver",
            "units",
        )
    },
)
