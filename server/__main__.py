"""`python -m casequote.server` is the command `casequote`."""

from casequote.server.cli import main

if __name__ == "__main__":
    main()
