"""Files in the vault beside the notes (the Bases file, the canvas, embedded pictures), and where other files go.

Written as a whole and sealed: the user's files, and written ones that they edited, are never replaced. Where the user
named no place, a file never goes into a vault, which may be synced to every device.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from netnotes import config as configuration
from netnotes.app.vault_root import find_vault_root
from netnotes.app.workspace import Workspace
from netnotes.errors import NetNotesError, Unwritable
from netnotes.export import bases
from netnotes.extract.people import find_person
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Person, Problem, Vault
from netnotes.outcome import Outcome
from netnotes.phrasing import in_syntax_of
from netnotes.storage.vault_folder import data_folder
from netnotes.storage.whole_file import make_private_folder, save_sealed


@dataclass(frozen=True, slots=True)
class VaultFile:
    """A file to be written."""

    place: Path
    text: str
    problems: tuple[Problem, ...] = ()
    """Of plugins whose functions had to run for it."""


class NoPeople(NetNotesError):
    """A picture of people was requested, but the vault has none."""

    def __init__(self, app: str) -> None:
        super().__init__("no one found in these notes")
        self.hint = in_syntax_of(app, "mark people with `type: person`, or keep their notes in People/")


def base_file(space: Workspace, place: Path | None = None) -> VaultFile:
    """Return the Bases file for the fields that this vault gets."""
    return VaultFile(place or space.root / bases.NAME, bases.base(configuration.written_fields(space.config, {})))


def canvas_file(
    space: Workspace, vault: Vault, outcome: Outcome, names: str | None = None, place: Path | None = None
) -> VaultFile:
    """Return the canvas; `names` is `initials` or `numbers` as for `--anonymous`. Raises NoPeople."""
    from netnotes.export.anonymize import anonymous
    from netnotes.export.canvas import NAME, canvas
    from netnotes.scoring.reports import styles
    from netnotes.scoring.views import alter_depths

    if not outcome.network.people:
        raise NoPeople(vault.app)
    scored = space.scored(outcome, vault)
    alters = alter_depths(scored)
    looks, problems = styles(scored)
    if names is None:
        return VaultFile(place or space.root / NAME, canvas(outcome, alters, looks), problems)
    shared = anonymous(outcome, alters=alters, styles=looks, numbers=names == "numbers")
    return VaultFile(place or space.root / NAME, canvas(shared.outcome, shared.alters, shared.styles), problems)


def embed_file(
    space: Workspace, vault: Vault, outcome: Outcome, who: str, names: str | None = None, place: Path | None = None
) -> VaultFile:
    """Return the picture of one person, by default beside their note. Raises PersonNotFound, AmbiguousName."""
    from netnotes.export.anonymize import anonymous
    from netnotes.export.neighbourhood import neighbourhood
    from netnotes.scoring.views import alter_depths

    network = outcome.network
    inside = space.vault_path(who) if who.endswith(".md") else who
    person = network.ego if inside == network.ego.path else find_person.person(network.people, inside)
    alters = alter_depths(space.scored(outcome, vault), len(network.alter_ties))
    place = place or space.root / _picture(person)
    if names is None:
        return VaultFile(place, neighbourhood(outcome, alters, person.id))
    shared = anonymous(outcome, alters=alters, numbers=names == "numbers")
    return VaultFile(place, neighbourhood(shared.outcome, shared.alters or alters, shared.ids[person.id]))


def write(space: Workspace, file: VaultFile) -> bool:
    """Write a file if it would change; return whether it was written. Raises Unwritable."""
    root = space.root.resolve()
    folder = file.place.parent.resolve()
    if file.place.absolute().is_relative_to(space.root.absolute()) and not folder.is_relative_to(root):
        raise Unwritable(str(file.place), "a link leads out of the vault there")
    return save_sealed(file.text, file.place)


def keep_current(space: Workspace, vault: Vault, outcome: Outcome) -> Iterator[Path | NetNotesError | Problem]:
    """Write the files that `[exports]` of `netnotes.toml` names; yield those that changed, problems and errors."""
    wanted = space.config.exports
    names = "initials" if wanted.anonymous else None
    for who in (None, *wanted.embed):
        if who is None and not wanted.canvas:
            continue
        try:
            terms = (space, vault, outcome)
            file = canvas_file(*terms, names) if who is None else embed_file(*terms, who, names)
            yield from file.problems
            if write(space, file):
                yield file.place
        except NetNotesError as error:
            yield error


def _picture(person: Person) -> str:
    if person.path:
        return f"{person.path.removesuffix('.md')} network.svg"
    plain = "".join(letter if letter.isalnum() or letter in " -_'" else " " for letter in person.name[:80])
    return f"{' '.join(plain.split()) or 'person'} network.svg"


def output_folder(root: Path, start: Path, environ: Mapping[str, str]) -> Path:
    """Return `start`, or a folder outside if `start` is in the vault at `root` or in another one.

    That folder is NETNOTES_DATA, else the user's downloads, else NetNotes' data folder. Raises Unwritable.
    """
    if not _in_vault(start, root):
        return start
    return outside_folder(root, environ)


def outside_folder(root: Path, environ: Mapping[str, str]) -> Path:
    """Return one of the user's folders outside the vault at `root`. Raises Unwritable."""
    from platformdirs import user_downloads_path  # start-up imports nothing it does not need

    named = environ.get("NETNOTES_DATA")
    # A browser in a sandbox (snap, flatpak) can read the downloads folder and little else.
    downloads = user_downloads_path()
    if named is None and downloads.is_dir() and not _in_vault(downloads, root):
        return downloads
    place = Path(data_folder(named))
    try:
        make_private_folder(place)
    except OSError as error:
        raise Unwritable(str(place), error.strerror or str(error)) from error
    return place


def _in_vault(place: Path, root: Path) -> bool:
    return place.resolve().is_relative_to(root.resolve()) or find_vault_root(place) is not None
