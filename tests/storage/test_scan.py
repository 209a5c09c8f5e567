"""What lies in a vault's folder, whatever that is: read, or one problem each, and nothing waits or dies."""

import os
import socket
import unicodedata
from pathlib import Path

import pytest

from netnotes.model import Note, Problem
from netnotes.storage import scan
from netnotes.text import parse

posix = pytest.mark.skipif(os.name == "nt", reason="no such files there")


@pytest.fixture
def root(tmp_path):
    root = tmp_path / "vault"
    root.mkdir()
    (root / "Ada.md").write_text("[[Bo]]\n", encoding="utf-8")
    return root


def paths(vault):
    return [note.path for note in vault.notes]


def problems(vault):
    return [(problem.path, problem.message) for problem in vault.problems]


def only_problem(vault):
    (problem,) = vault.problems
    assert problem.hint
    return problem.path, problem.message


def test_notes_and_files_are_sorted_and_apart(root):
    for path in ("b/x.md", "b.md", "b a.md", "a/z.MD", "a/pic.png", "B.md", "a.canvas"):
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_bytes(b"x")
    vault = scan.read_vault(root)
    assert paths(vault) == sorted(["Ada.md", "b/x.md", "b.md", "b a.md", "a/z.MD", "B.md"])
    assert vault.files == ("a.canvas", "a/pic.png")
    assert vault.name == "vault"
    assert not vault.problems


def test_the_order_of_the_folder_is_nothing(root, monkeypatch):
    for n in range(20):
        (root / f"{n * 7 % 20}.md").write_text("x", encoding="utf-8")
    usual = scan.read_vault(root)
    scandir = os.scandir

    class Backwards:
        def __init__(self, place):
            with scandir(place) as entries:
                self.entries = list(entries)[::-1]

        def __enter__(self):
            return iter(self.entries)

        def __exit__(self, *_):
            return None

    monkeypatch.setattr(os, "scandir", Backwards)
    assert scan.read_vault(root) == usual


def test_names_with_a_dot_in_front_are_not_in_the_vault(root):
    for path in (".obsidian/x.md", ".trash/y.md", "a/.hidden/z.md", ".w.md"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(b"x")
    assert paths(scan.read_vault(root)) == ["Ada.md"]


def test_names_stay_as_they_are_on_disk(root):
    for form in ("NFC", "NFD"):
        (root / form).mkdir()
        (root / form / f"{unicodedata.normalize(form, 'Zoë')}.md").write_bytes(b"x")
    assert paths(scan.read_vault(root)) == ["Ada.md", "NFC/Zo\u00eb.md", "NFD/Zoe\u0308.md"]


def test_settings_are_read(root):
    (root / ".obsidian").mkdir()
    (root / ".obsidian" / "daily-notes.json").write_text('{"folder": "J/", "format": "YYYY"}', encoding="utf-8")
    (root / ".obsidian" / "templates.json").write_text("{", encoding="utf-8")
    vault = scan.read_vault(root)
    assert (vault.daily_folder, vault.daily_format) == ("J", "YYYY")
    assert only_problem(vault)[0] == ".obsidian/templates.json"


def test_a_folder_with_the_name_of_a_note(root):
    (root / "x.md").mkdir()
    (root / "x.md" / "y.md").write_bytes(b"y")
    vault = scan.read_vault(root)
    assert paths(vault) == ["Ada.md", "x.md/y.md"]
    assert only_problem(vault) == ("x.md", "is a folder with the name of a note")


@posix
class TestLinks:
    def test_broken(self, root):
        (root / "x.md").symlink_to("nothing.md")
        (root / "pic.png").symlink_to("nothing.png")
        vault = scan.read_vault(root)
        assert paths(vault) == ["Ada.md"]
        assert problems(vault) == [
            ("pic.png", "is a link that leads nowhere"),
            ("x.md", "is a link that leads nowhere"),
        ]

    def test_to_itself_and_in_a_circle(self, root):
        (root / "x.md").symlink_to("x.md")
        (root / "a.md").symlink_to("b.md")
        (root / "b.md").symlink_to("a.md")
        assert len(scan.read_vault(root).problems) == 3

    @pytest.mark.parametrize("target", [".", "..", "../.."])
    def test_folder_that_holds_the_link(self, root, target):
        (root / "a" / "b").mkdir(parents=True)
        (root / "a" / "b" / "back").symlink_to(target)
        vault = scan.read_vault(root)
        assert paths(vault) == ["Ada.md"]
        path, message = only_problem(vault)
        assert path == "a/b/back"
        assert message.startswith("is a link to the vault's own folder `")

    def test_folder_outside(self, root, tmp_path):
        (tmp_path / "other").mkdir()
        (tmp_path / "other" / "z.md").write_bytes(b"z")
        (root / "other").symlink_to(tmp_path / "other")
        (root / "all").symlink_to(tmp_path)
        vault = scan.read_vault(root)
        assert paths(vault) == ["Ada.md"]
        output = "is a link to a folder outside the vault, and is not followed"
        assert problems(vault) == [("all", output), ("other", output)]

    def test_a_folder_with_the_same_prefix_is_outside(self, root, tmp_path):
        (tmp_path / "vault2").mkdir()
        (root / "other").symlink_to(tmp_path / "vault2")
        assert "outside" in only_problem(scan.read_vault(root))[1]

    def test_folder_inside(self, root):
        (root / "People").mkdir()
        (root / "People" / "Bo.md").write_bytes(b"x")
        (root / "Friends").symlink_to("People")
        vault = scan.read_vault(root)
        assert paths(vault) == ["Ada.md", "People/Bo.md"]
        assert only_problem(vault) == ("Friends", "is a link to the vault's own folder `People`, and is not followed")

    def test_folder_with_a_dot_counts_as_outside(self, root):
        (root / ".trash").mkdir()
        (root / ".trash" / "z.md").write_bytes(b"z")
        (root / "bin").symlink_to(".trash")
        assert "outside" in only_problem(scan.read_vault(root))[1]

    def test_note_inside_is_read_once(self, root):
        (root / "Alias.md").symlink_to("Ada.md")
        vault = scan.read_vault(root)
        assert paths(vault) == ["Ada.md"]
        assert vault.files == ("Alias.md",)
        assert only_problem(vault) == ("Alias.md", "is a link to the note `Ada.md`, and is not read twice")

    def test_file_inside_under_the_name_of_a_note(self, root):
        (root / "text").write_text("[[Ada]]", encoding="utf-8")
        (root / "t.md").symlink_to("text")
        vault = scan.read_vault(root)
        assert paths(vault) == ["Ada.md", "t.md"]
        assert not vault.problems

    def test_note_outside_is_read_and_said(self, root, tmp_path):
        (tmp_path / "out.md").write_text("[[Ada]]", encoding="utf-8")
        (tmp_path / "pic.png").write_bytes(b"")
        (root / "out.md").symlink_to(tmp_path / "out.md")
        (root / "pic.png").symlink_to(tmp_path / "pic.png")
        vault = scan.read_vault(root)
        assert [note.links for note in vault.notes if note.path == "out.md"] == [("Ada",)]
        assert vault.files == ("pic.png",)
        assert only_problem(vault) == ("out.md", "leads out of the vault: read, never written")

    def test_a_vault_that_is_itself_a_link(self, root, tmp_path):
        (root / "Alias.md").symlink_to("Ada.md")
        (tmp_path / "again").symlink_to(root)
        vault = scan.read_vault(tmp_path / "again")
        assert paths(vault) == ["Ada.md"]
        assert len(vault.problems) == 1

    def test_to_a_device(self, root):
        (root / "null.md").symlink_to(os.devnull)
        assert "device" in only_problem(scan.read_vault(root))[1]


@posix
class TestNoFiles:
    def test_pipes_and_sockets_are_not_waited_for(self, root, monkeypatch):
        os.mkfifo(root / "pipe.md")
        os.mkfifo(root / "pipe")
        monkeypatch.chdir(root)
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("socket.md")
            vault = scan.read_vault(root)
        output = "is a pipe, a socket or a device, not a file, and is not read"
        assert problems(vault) == [("pipe.md", output), ("socket.md", output)]
        assert paths(vault) == ["Ada.md"]

    def test_a_file_that_is_a_pipe_by_the_time_it_is_read(self, root):
        os.mkfifo(root / "x.md")
        assert scan.read_note(root, "x.md").message == "cannot be read: not a regular file"

    def test_a_name_that_is_not_text(self, root):
        try:
            (root / os.fsdecode(b"L\xfc.md")).write_bytes(b"x")
        except OSError:
            pytest.skip("this file system takes only UTF-8")
        vault = scan.read_vault(root)
        assert only_problem(vault) == ("L\ufffd.md", "has a name that is not UTF-8, and is not read")
        assert vault.problems[0].path.encode()


class TestRefusals:
    def test_a_note_deleted_meanwhile_is_not_a_problem(self, root):
        assert scan.read_note(root, "gone.md") is None
        assert scan.read_note(root, "Ada.md/gone.md") is None

    def test_vanishing_between_listing_and_reading(self, root, monkeypatch):
        (root / "x.md").write_bytes(b"x")
        (root / "sub").mkdir()
        listing = scan.listing

        def then_remove(place):
            found = listing(place)
            (root / "x.md").unlink()
            return found

        monkeypatch.setattr(scan, "listing", then_remove)
        vault = scan.read_vault(root)
        assert paths(vault) == ["Ada.md"]
        assert not vault.problems

    def test_a_folder_that_vanishes_while_listing(self, root, monkeypatch):
        (root / "sub").mkdir()
        scandir = os.scandir

        def vanishing(place):
            if place.endswith("sub"):
                (root / "sub").rmdir()
            return scandir(place)

        monkeypatch.setattr(os, "scandir", vanishing)
        assert not scan.read_vault(root).problems

    def test_a_vault_that_is_gone_is_a_problem(self, tmp_path):
        vault = scan.read_vault(tmp_path / "gone")
        assert only_problem(vault)[0] == "."
        assert not vault.notes

    @posix
    def test_a_file_or_folder_without_permission_is_a_problem(self, root):
        if os.geteuid() == 0:
            pytest.skip("root may read everything")
        (root / "x.md").write_bytes(b"x")
        (root / "sub").mkdir()
        (root / "x.md").chmod(0)
        (root / "sub").chmod(0)
        try:
            vault = scan.read_vault(root)
        finally:
            (root / "sub").chmod(0o700)
        assert paths(vault) == ["Ada.md"]
        assert [path for path, _ in problems(vault)] == ["sub", "x.md"]
        assert all("Permission denied" in message for _, message in problems(vault))

    @pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that refuses to be read")
    def test_a_read_that_fails(self, root):
        (root / "x.md").symlink_to("/proc/self/mem")
        vault = scan.read_vault(root)
        assert paths(vault) == ["Ada.md"]
        assert [message for path, message in problems(vault) if "cannot be read" in message]


def test_a_huge_note_is_read_to_its_bound(root):
    with (root / "huge.md").open("wb") as file:
        file.write(b"---\ntype: person\n---\n[[Ada]]\n")
        file.truncate(50 * parse.LONGEST)
    with (root / "long.md").open("wb") as file:
        file.write("[[Ada]]\né".encode() * (parse.LONGEST // 10 + 2) + b"[[Bo]]")
    notes = {note.path: note for note in scan.read_vault(root).notes}
    assert notes["huge.md"].properties == {"type": "person"}
    for path in ("huge.md", "long.md"):
        note = notes[path]
        assert note.links[0] == "Ada"
        assert "Bo" not in note.links
        assert note.block == "invalid"
        assert note.problems[0].message.startswith(f"is read to its first {parse.LONGEST:,} bytes")


def test_an_unchanged_note_is_not_parsed_again(root):
    note = scan.read_note(root, "Ada.md")
    assert isinstance(note, Note)
    assert scan.read_note(root, "Ada.md", note) is note
    (root / "Ada.md").write_bytes(b"[[Cy]]\n")
    found = scan.read_note(root, "Ada.md", note)
    assert isinstance(found, Note)
    assert found.links == ("Cy",)


def test_one_problem_each(root):
    assert not isinstance(scan.read_note(root, "Ada.md"), Problem)
    (root / "Latin.md").write_bytes(b"L\xfcder [[Ada]]")
    (root / "Wide.md").write_text("[[Ada]]", encoding="utf-16")
    notes = scan.read_vault(root).notes
    assert [len(note.problems) for note in notes] == [0, 1, 1]
