"""`netnotes round` as a full-screen program (textual): one person at a time, one key for each action."""

from __future__ import annotations

from typing import ClassVar

import click
from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Footer, Input, Static

from netnotes.app.logbook import Logbook
from netnotes.cli import round_actions


class RoundApp(App[None]):
    """The full-screen round."""

    CSS = """
    Screen { layout: vertical; }
    #where { height: 1; padding: 0 2; color: $text-muted; }
    #name { height: auto; padding: 1 2 0 2; text-style: bold; }
    #card { height: auto; padding: 1 2; }
    #message { height: auto; padding: 0 2 1 2; color: $success; }
    #entry { margin: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "log", "Log"),
        Binding("s", "later", "Later"),
        Binding("d", "done", "Done"),
        Binding("n,right,space", "move(1)", "Skip"),
        Binding("b,left", "move(-1)", "Back", show=False),
        Binding("o", "open", "Open note"),
        Binding("w", "why", "Why"),
        Binding("u", "undo", "Undo"),
        Binding("q,ctrl+c", "quit", "Quit"),
        Binding("escape", "cancel", "Cancel", show=False),
    ]
    ENABLE_COMMAND_PALETTE = False
    TITLE = "netnotes round"

    def __init__(self, logbook: Logbook) -> None:
        """Start the round of the logbook's day."""
        super().__init__()
        self.round = round_actions.open_round(logbook)
        self._asks = ""
        self._why = False

    def compose(self) -> ComposeResult:
        """Lay out the screen."""
        yield Static(id="where")
        with VerticalScroll():
            yield Static(id="name")
            yield Static(id="card")
        yield Static(id="message")
        yield Input(id="entry", select_on_focus=False)
        yield Footer()

    def on_mount(self) -> None:
        """Show the first person."""
        self._close()

    def action_log(self) -> None:
        """Ask for a sentence about the current person."""
        self._ask("log", self.round.first_words, "what happened: coffee 45m yesterday, she started it")

    def action_later(self) -> None:
        """Ask until when to put someone off."""
        self._ask("later", "", "until when: 2w, 10d, Friday, 2026-12-10")

    def action_done(self) -> None:
        """Tick the promises, or log a contact."""
        self.round.done()
        self._close()

    def action_move(self, by: int) -> None:
        """Move forwards or backwards."""
        self.round.move(by)
        self._close()

    def action_open(self) -> None:
        """Open the current person's note."""
        person = self.round.person
        if person and person.path:
            click.launch(str(self.round.logbook.space.root / person.path))

    def action_why(self) -> None:
        """Show or hide the reasons."""
        self._why = not self._why
        self._show()

    def action_undo(self) -> None:
        """Undo the last action."""
        self.round.undo()
        self._close()

    def action_cancel(self) -> None:
        """Leave the input line."""
        self._close()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Perform the pending action with the text that was typed."""
        done = self.round.log(event.value) if self._asks == "log" else self.round.later(event.value)
        if done:
            self._close()
        else:
            self._show()

    def _ask(self, what: str, value: str, placeholder: str) -> None:
        if self.round.person is None:
            return
        self._asks = what
        entry = self.query_one("#entry", Input)
        entry.value, entry.placeholder, entry.display = value, placeholder, True
        entry.cursor_position = len(value)
        entry.focus()
        self._put("#message", "Enter to confirm, Esc to cancel")

    def _close(self) -> None:
        """Hide the input line, and show the current person."""
        self._asks, self._why = "", False
        entry = self.query_one("#entry", Input)
        entry.value, entry.display = "", False
        self.set_focus(None)
        self._show()

    def _show(self) -> None:
        count = len(self.round.rows)
        place = min(self.round.at + 1, count)
        self._put("#where", f"{place} of {count}" if count else "")
        self._put("#name", self.round.name)
        self._put("#card", "\n".join(self.round.card(why=self._why)))
        self._put("#message", self.round.message)

    def _put(self, where: str, text: str) -> None:
        # As plain text: text from a note is never markup.
        self.query_one(where, Static).update(Text(text))
