// Keeps a served page current: hears that there is a newer one, and fetches it without losing the reader's place.
import { byKey, people } from "../state/page_data.js";
import { keep, state } from "../state/view_state.js";
import { keepCamera } from "../draw/camera.js";
import { isStill, painted } from "../draw/frame.js";
import { readTheme } from "../draw/theme.js";
import { arrange } from "../draw/transition.js";
import { make } from "./elements.js";
import { extendList, listedCount } from "./list.js";
import { isPlaying } from "./month_slider.js";
import "./start.js";

const STORE = "netnotes";
/** Milliseconds after which a newer page that waits asks again whether it may come. */
const AGAIN = 200;
/** What the keyboard can be on. */
const REACHED = "a[href], button, input, select, summary, [tabindex]";
/** More people than this stand at their new places at once. */
const MOST_MOVED = 3000;
const root = document.documentElement;
const mark = make("span", {});
const said = make("p", { id: "live", role: "status" }, make("i", { className: "dot" }), mark);
document.getElementById("asof").after(said);

const tell = (lives) => {
  said.classList.toggle("over", !lives);
  mark.textContent = lives ? "Live" : "No longer live";
};

const reached = (element) => [...(element?.querySelectorAll(REACHED) ?? [])];

/** What the address does not hold: where everybody stands, what is unfolded, scrolled to and in use. */
const leave = () => {
  if (state.at) {
    // The zoom is told in shares of what shows everybody, and the panel may have come since.
    keepCamera();
  }
  keep();
  const [list, panel] = ["people", "panel"].map((id) => document.getElementById(id));
  const active = document.activeElement;
  const within = active?.closest("[id]");
  const kept = {
    spots: people.count > MOST_MOVED ? []
      : people.key.map((key, i) => [key, Math.round(people.x[i]), Math.round(people.y[i])]),
    theme: root.dataset.theme ?? null,
    unfolded: document.getElementById("filters").open,
    rows: listedCount(),
    list: list.scrollTop,
    chosen: people.key[state.chosen] ?? null,
    panel: panel.scrollTop,
    within: within?.id ?? null,
    active: reached(within).indexOf(active),
    caret: active?.id === "search" ? active.selectionStart : null,
  };
  try {
    sessionStorage.setItem(STORE, JSON.stringify(kept));
  } catch {
    // It is full, or forbidden: then the page begins as its address says.
  }
  location.reload();
};

const kept = () => {
  try {
    const found = JSON.parse(sessionStorage.getItem(STORE));
    sessionStorage.removeItem(STORE);
    return found;
  } catch {
    return null;
  }
};

/** Have everybody go from where they stood before to where they stand now. */
const move = (spots) => {
  let moved = false;
  for (const [key, x, y] of isStill() ? [] : spots) {
    const i = byKey(key) ?? -1;
    if (i >= 0 && Math.hypot(people.x[i] - x, people.y[i] - y) > 1) {
      [people.x[i], people.y[i]] = [x, y];
      moved = true;
    }
  }
  if (moved) {
    arrange();
  }
};

const resume = (before) => {
  if (before.theme && before.theme !== (root.dataset.theme ?? null)) {
    root.dataset.theme = before.theme;
    readTheme();
  }
  document.getElementById("filters").open = before.unfolded;
  move(before.spots);
  painted().then(() => setTimeout(() => {
    // The list stands by now.
    extendList(before.rows - listedCount());
    document.getElementById("people").scrollTop = before.list;
    if (before.chosen !== null && before.chosen === people.key[state.chosen]) {
      document.getElementById("panel").scrollTop = before.panel;
    }
    const within = document.getElementById(before.within ?? "");
    const active = reached(within)[before.active] ?? within;
    active?.focus({ preventScroll: true });
    if (before.caret !== null) {
      active?.setSelectionRange(before.caret, before.caret);
    }
    root.dataset.resumed = root.dataset.live;
  }));
};

// Nobody's hand is pulled away: while a button is held, a word is being composed or a name asked for, while anything
// lies over the picture, and while the years are played, the newer page waits.
let held = false;
let wanted = false;
let again = 0;
const isBusy = () => held || isPlaying() || document.getElementById("keys").open
  || !document.getElementById("saving").hidden || Boolean(document.getElementById("goal")?.value);
const settle = () => {
  clearTimeout(again);
  if (wanted && isBusy()) {
    again = setTimeout(settle, AGAIN);
  } else if (wanted) {
    leave();
  }
};
const hold = (is) => () => {
  held = is;
  setTimeout(settle);
};
for (const [event, is] of [["pointerdown", true], ["pointerup", false], ["pointercancel", false],
  ["compositionstart", true], ["compositionend", false]]) {
  addEventListener(event, hold(is), true);
}
// A button let go where nobody saw it, over a menu or another window.
addEventListener("pointermove", (event) => held && !event.buttons && hold(false)(), true);

let source = null;
/** What waits is not to be had any more, and asking for it would cost the page that is here. */
const over = () => {
  wanted = false;
  tell(false);
};
const connect = () => {
  source = new EventSource("news");
  source.onopen = () => tell(true);
  source.onerror = over;
  source.onmessage = ({ data }) => {
    wanted = data !== root.dataset.live;
    settle();
  };
  source.addEventListener("ended", () => {
    source.close();
    over();
  });
};
// A browser keeps few lines to one address; a page that nobody sees needs none.
const attend = () => {
  if (document.hidden) {
    source?.close();
    source = null;
  } else if (!source) {
    connect();
  }
};
document.addEventListener("visibilitychange", attend);

const before = kept();
if (before) {
  resume(before);
}
attend();
