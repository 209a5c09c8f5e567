// Keeps a served page current: reloads it when the server has a newer one, and restores what the reader was doing.
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
/** Milliseconds after which a waiting reload is tried again. */
const AGAIN = 200;
/** Elements that can have the focus. */
const FOCUSABLE = "a[href], button, input, select, summary, [tabindex]";
/** With more people than this, they are not moved from their old places to the new ones. */
const MOST_MOVED = 3000;
const root = document.documentElement;
const mark = make("span", {});
const status = make("p", { id: "live", role: "status" }, make("i", { className: "dot" }), mark);
document.getElementById("asof").after(status);

const showLive = (isLive) => {
  status.classList.toggle("over", !isLive);
  mark.textContent = isLive ? "Live" : "No longer live";
};

const focusable = (element) => [...(element?.querySelectorAll(FOCUSABLE) ?? [])];

/** Save what the address does not hold (positions, open filters, scrolling, focus), and reload. */
const saveAndReload = () => {
  if (state.at) {
    // The zoom is stored relative to the one that shows everyone, which the panel may have changed since.
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
    active: focusable(within).indexOf(active),
    caret: active?.id === "search" ? active.selectionStart : null,
  };
  try {
    sessionStorage.setItem(STORE, JSON.stringify(kept));
  } catch {
    // Storage is full or forbidden: then the page starts as its address says.
  }
  location.reload();
};

const takeStored = () => {
  try {
    const found = JSON.parse(sessionStorage.getItem(STORE));
    sessionStorage.removeItem(STORE);
    return found;
  } catch {
    return null;
  }
};

/** Move people from their places before the reload to the new ones. */
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
    // The list has been built by now.
    extendList(before.rows - listedCount());
    document.getElementById("people").scrollTop = before.list;
    if (before.chosen !== null && before.chosen === people.key[state.chosen]) {
      document.getElementById("panel").scrollTop = before.panel;
    }
    const within = document.getElementById(before.within ?? "");
    const active = focusable(within)[before.active] ?? within;
    active?.focus({ preventScroll: true });
    if (before.caret !== null) {
      active?.setSelectionRange(before.caret, before.caret);
    }
    root.dataset.resumed = root.dataset.live;
  }));
};

// The reader is not interrupted: the reload waits while a button is held, text is composed or a name is typed, while a
// menu or dialog is open, and while the months are played.
let held = false;
let wanted = false;
let again = 0;
const isBusy = () => held || isPlaying() || document.getElementById("keys").open
  || !document.getElementById("saving").hidden || Boolean(document.getElementById("goal")?.value);
const reloadIfWanted = () => {
  clearTimeout(again);
  if (wanted && isBusy()) {
    again = setTimeout(reloadIfWanted, AGAIN);
  } else if (wanted) {
    saveAndReload();
  }
};
const setHeld = (value) => () => {
  held = value;
  setTimeout(reloadIfWanted);
};
for (const [event, value] of [["pointerdown", true], ["pointerup", false], ["pointercancel", false],
  ["compositionstart", true], ["compositionend", false]]) {
  addEventListener(event, setHeld(value), true);
}
// The button may have been released over a menu or another window.
addEventListener("pointermove", (event) => held && !event.buttons && setHeld(false)(), true);

let source = null;
/** The server is gone: a reload would only lose this page. */
const endLive = () => {
  wanted = false;
  showLive(false);
};
const connect = () => {
  source = new EventSource("news");
  source.onopen = () => showLive(true);
  source.onerror = endLive;
  source.onmessage = ({ data }) => {
    wanted = data !== root.dataset.live;
    reloadIfWanted();
  };
  source.addEventListener("ended", () => {
    source.close();
    endLive();
  });
};
// A browser opens few connections to one address; a hidden page needs none.
const connectIfVisible = () => {
  if (document.hidden) {
    source?.close();
    source = null;
  } else if (!source) {
    connect();
  }
};
document.addEventListener("visibilitychange", connectIfVisible);

const before = takeStored();
if (before) {
  resume(before);
}
connectIfVisible();
