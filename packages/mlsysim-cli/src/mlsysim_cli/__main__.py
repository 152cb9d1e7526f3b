"""`python -m mlsysim_cli` is the `mlsysim` command."""

from . import main

if __name__ == "__main__":
    main()
