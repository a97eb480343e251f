"""`python -m goliard` is the command `goliard`."""

from goliard.cli import main

if __name__ == "__main__":
    main()
