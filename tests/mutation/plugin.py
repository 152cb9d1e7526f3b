"""Lets hypothesis ask the same questions of every mutant, and spend no time on a shorter proof."""

from hypothesis import Phase, settings

settings.register_profile(
    "mutants",
    phases=[Phase.explicit, Phase.generate],
    derandomize=True,
    database=None,
    deadline=None,
)
settings.load_profile("mutants")
