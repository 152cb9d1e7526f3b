"""`python -m mlsysim` is the `mlsysim` command."""

from mlsysim_cli import main

if __name__ == "__main__":
    main()
