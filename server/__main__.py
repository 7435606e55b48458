"""`python -m server`: see `python -m server help`."""

import sys

from server.cli.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
