"""Commands that ask a finished result something; `cli.py` adds them to the `swnlp` command."""
