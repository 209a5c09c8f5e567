"""The program, called as on a command line."""

from click.testing import CliRunner, Result

from netnotes import cli
from netnotes.cli.session import Session


def run(*args: object, answers: str | None = None) -> Result:
    """Run `netnotes` with these arguments; `answers` is what is typed."""
    return CliRunner().invoke(cli.program, [str(arg) for arg in args], obj=Session(), input=answers)
