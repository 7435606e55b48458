"""`python -m tests.dossier.endless_child`: a check that never comes to an end."""

from __future__ import annotations

from server.dossier.apart.child_limits import limit, limit_work


def main() -> None:
    limit(1024)
    limit_work(0)
    while True:
        pass


if __name__ == "__main__":
    main()
