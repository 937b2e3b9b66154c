"""`python -m swnlp` is the `swnlp` command."""

from swnlp.cli import main

if __name__ == "__main__":
    main()
