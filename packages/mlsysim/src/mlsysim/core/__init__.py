"""Where the stable names of the core live for users of the meta-package."""
