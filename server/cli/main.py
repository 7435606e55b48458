"""Parses the command line. Each command is a function of its own module."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable, Mapping, Sequence

from server.cli.deferred import Deferred
from server.domain.errors import KraftaktError
from server.settings import BadSettings

archive = Deferred("archive", "archive")
add_coordinator = Deferred("coordinator", "add_coordinator")
check = Deferred("check", "check")
run_demo = Deferred("demo", "run_demo")
write_demo_pdf = Deferred("demo_pdf", "write_demo_pdf")
print_login_link = Deferred("login_link", "print_login_link")
erase = Deferred("record.erase", "erase")
log = Deferred("record.log", "log")
migrate = Deferred("migrate", "migrate")
renew = Deferred("renew", "renew")
serve = Deferred("serve", "serve")
verify = Deferred("verify", "verify")


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 done, 1 the answer is no, 2 the call or the settings are wrong. `verify` has codes of
    its own, one for each verdict, and 64 for a wrong call."""
    parser, commands = create_parser()
    if (unknown := _unknown_command(arguments, commands)) is not None:
        print(f"There is no command {unknown}. `python -m server help` lists all.", file=sys.stderr)
        return 2
    options = _parse(parser, arguments or ["help"])
    _log_to_stderr()
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except BadSettings as error:
        print(f"Settings: {error}", file=sys.stderr)
        return 2
    except KraftaktError as error:
        print(f"Not possible: {error}", file=sys.stderr)
        return 1


def _unknown_command(arguments: Sequence[str], commands: Mapping[str, object]) -> str | None:
    """What stands where a command should: first, or after `help`."""
    first, second = [*arguments[:2], "", ""][:2]
    name = second if first == "help" and second else first
    return None if not name or name.startswith("-") or name in commands else name


def _parse(parser: argparse.ArgumentParser, arguments: Sequence[str]) -> argparse.Namespace:
    """Ends the process where the call is wrong, or asks for help."""
    try:
        return parser.parse_args(arguments)
    except SystemExit as end:
        if end.code == 2 and arguments[0] == "verify":
            raise SystemExit(64) from end  # as in `cli/verify.py`, which is imported when it is called
        raise


def _log_to_stderr() -> None:
    """Warnings and worse. pyHanko reports with a traceback what our findings say in a sentence."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def create_parser() -> tuple[argparse.ArgumentParser, Mapping[str, argparse.ArgumentParser]]:
    """The whole command line, and the parser of each command by its name."""
    parser = argparse.ArgumentParser(prog="python -m server", description="Kraftakt")
    group = parser.add_subparsers(required=True, metavar="COMMAND")
    commands: dict[str, argparse.ArgumentParser] = {}

    def add(name: str, what: str, command: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        commands[name] = group.add_parser(name, help=what, description=what)
        commands[name].set_defaults(command=command)
        return commands[name]

    def print_help(options: argparse.Namespace) -> int:
        (commands[options.topic] if options.topic else parser).print_help()
        return 0

    wanted = add("help", "this list, or what a command takes: help COMMAND", print_help)
    wanted.add_argument("topic", nargs="?", metavar="COMMAND")
    server = add("serve", "serve HTTP and WebSockets (KRAFTAKT_HOST, PORT)", serve)
    server.add_argument("--host", help="address to bind, before KRAFTAKT_HOST")
    add("migrate", "bring the database to the latest schema", migrate)
    demo = add("demo", "migrate, seed the demo once, print login links, serve on loopback", run_demo)
    demo.add_argument(
        "--stage",
        choices=("drafting", "signing", "sealed", "embargoed", "published"),
        help="how far its life has gone",
    )
    demo.add_argument("--seed-only", action="store_true", help="seed and print the links, do not serve")
    pdf = add("demo-pdf", "write the sealed PDF of the demo with all its sign-offs", write_demo_pdf)
    pdf.add_argument("out")
    link = add("login-link", "print a one-time login URL", print_login_link)
    link.add_argument("email")
    first = add("coordinator", "let somebody create declarations, and print a login link", add_coordinator)
    first.add_argument("action", choices=["add"], metavar="add")
    first.add_argument("email")
    first.add_argument("name")
    add("check", "look at everything that a seal needs: fonts, key, certificate, authorities", check)
    again = add("renew", "renew the archive time stamp of a sealed document if it is due", renew)
    again.add_argument("slug")
    again.add_argument("--at-once", action="store_true", help="also if it is not due")
    package = add(
        "archive", "write a sealed declaration as a package for the E-Akte (xdomea, BagIt)", archive
    )
    package.add_argument("slug")
    package.add_argument("out", help="a folder that is empty or not there yet")
    package.add_argument("--message", choices=("0101", "0401"), default="0101", help="copy, or handing over")
    package.add_argument("--reader", default="", help="whose file it goes to; the issuer's own")
    forgotten = add("erase", "replace name and address of a person by a pseudonym", erase)
    forgotten.add_argument("email")
    record = add("log", "prove the log of acts from its first entry, or write it out", log)
    record.add_argument("action", choices=["verify", "export"])
    record.add_argument("slug", nargs="?", help="export: of this declaration only")
    record.add_argument("--out", metavar="FILE", help="export: into this file")
    record.epilog = "exit codes: 0 it holds, 1 it does not, 2 wrong call or setting"
    file = add("verify", "check a sealed PDF offline: seal, text, every sign-off", verify)
    file.epilog = (
        "exit codes: 0 genuine, 1 not genuine, 2 unchanged but issuer not checked (give --trust), 3 only a "
        "trial, 4 not a document from Kraftakt, 5 could not be read; 64 wrong call"
    )
    file.add_argument("file")
    file.add_argument("--json", action="store_true", help="machine-readable report")
    file.add_argument("--lang", choices=("de", "en"), help="language of the report, before LC_ALL, LANG")
    file.add_argument("--trust", metavar="PEM", help="certificates to trust for the seal")
    file.add_argument(
        "--holder", metavar="NAME", help="whose seal it should be, as the report names it; needs --trust"
    )
    return parser, commands
