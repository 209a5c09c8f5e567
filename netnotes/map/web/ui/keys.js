// Keyboard shortcuts: move from person to person, zoom, search, close; and the buttons for the same.
import { monthState } from "../state/month_state.js";
import { data, isNotes, people } from "../state/page_data.js";
import { state } from "../state/view_state.js";
import { drawnCount, isShown } from "../state/visible.js";
import { keepCamera, panBy, showEverybody, zoomBy } from "../draw/camera.js";
import { box } from "../draw/frame.js";
import { switchTheme } from "../draw/theme.js";
import { choose, leave } from "./choose.js";
import { announce, make } from "./elements.js";
import { toggleSaving } from "./export.js";
import { togglePlaying } from "./month_slider.js";
import { personLine } from "./panel.js";
import { askPathByKey } from "./path_panel.js";
import { focusSearch } from "./search.js";
import { foldSide } from "./sheet.js";
import { showView } from "./view_switch.js";

const dialog = document.getElementById("keys");
const KEYS = [
  ["← → ↑ ↓", `to the nearest ${data.words.one} in that direction`],
  ...(isNotes ? [[", and .", "to the note with deeper links, or shallower"], ["Home", "the note with the deepest links"]]
    : [[", and .", "nearer to me, further from me, by depth"], ["Home", "the deepest tie"], ["n", "rings or network"],
      ["d", "path to the person, or to someone else"], ["p", "play through the months; pause"]]),
  ["Enter", `details of the ${data.words.one}`], ["/", "search"], ["s", "save the picture or the list"], ["+ − 0", `zoom in, out, ${data.words.everybody.toLowerCase()}`],
  ["Shift and arrows", "move the picture"], ...(isNotes ? [] : [["Shift and click", "path from the chosen person to another"]]), ["[", "hide or show the list"], ["Esc", "close"], ["?", "these keys"],
];

const walkable = () => {
  const all = [];
  for (const i of monthState.order) {
    if (isShown(i) && i < drawnCount()) {
      all.push(i);
    }
  }
  return all;
};
/** The nearest person in a direction; distance to the side counts double. */
const toward = (from, dx, dy) => {
  let best = from;
  let least = Infinity;
  for (const i of walkable()) {
    const [x, y] = [people.x[i] - people.x[from], people.y[i] - people.y[from]];
    const ahead = x * dx + y * dy;
    const aside = Math.abs(x * dy - y * dx);
    if (i !== from && ahead > 0.5 && aside <= ahead * 1.5 && ahead + 2 * aside < least) {
      least = ahead + 2 * aside;
      best = i;
    }
  }
  return best;
};
const along = (from, step) => {
  const all = walkable();
  return all[Math.min(all.length - 1, Math.max(0, all.indexOf(from) + step))] ?? -1;
};
const walk = (where) => {
  const first = walkable()[0] ?? -1;
  const next = state.chosen < 0 || !isShown(state.chosen) ? first : where(state.chosen);
  if (next >= 0 && next !== state.chosen) {
    choose(next, { look: true });
    announce(personLine(next));
  }
};
const STEP = 90;
const pan = (dx, dy) => {
  panBy(-dx * STEP, -dy * STEP);
  keepCamera();
};

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const onPicture = {
  Home: () => walk(() => walkable()[0]),
  End: () => walk(() => walkable().at(-1)),
  ",": () => walk((from) => along(from, -1)),
  ".": () => walk((from) => along(from, 1)),
  Enter: () => state.chosen >= 0 && document.querySelector("#panel h2")?.focus(),
};
const everywhere = {
  "/": () => focusSearch(),
  "?": () => (dialog.open ? dialog.close() : dialog.showModal()),
  "+": () => zoomBy(1.4),
  "=": () => zoomBy(1.4),
  "-": () => zoomBy(1 / 1.4),
  0: () => showEverybody(),
  ...(isNotes ? {} : { n: () => showView(), p: () => togglePlaying(), d: () => askPathByKey() }),
  "[": () => foldSide(),
  s: () => toggleSaving(),
  Escape: () => leave(),
};
/** The key in localStorage for the reader's wish to have no single-letter keys. */
const KEPT = "netnotes-no-letters";
const recallOff = () => {
  try {
    return localStorage.getItem(KEPT) === "yes";
  } catch {
    return false;
  }
};
let isOff = recallOff();
const switchLetters = (off) => {
  isOff = off;
  try {
    localStorage.setItem(KEPT, off ? "yes" : "no");
  } catch {
    // Some viewers of mailed pages store nothing; then it lasts as long as the page is open.
  }
};
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, select, textarea, dialog")) {
    return;
  }
  const arrow = event.target === box ? ARROWS[event.key] : null;
  const act = arrow
    ? () => (event.shiftKey ? pan(...arrow) : walk((from) => toward(from, ...arrow)))
    : (event.target === box && onPicture[event.key]) || everywhere[event.key];
  const isLetter = event.key.length === 1 && event.target !== box;
  if (act && !(isLetter && isOff)) {
    act();
    event.preventDefault();
  }
});

/** Fill the dialog of keys; the key to the picture is in it too. */
export const buildKeys = () => {
  const letters = make("input", { type: "checkbox", checked: !isOff, onchange: () => switchLetters(!letters.checked) });
  // On the picture the key is shown only if there is room; here it always is.
  const signs = document.getElementById("key").cloneNode(true);
  signs.removeAttribute("id");
  signs.className = "signs";
  dialog.append(make("h2", {}, "How to read the picture"), signs, make("h2", {}, "Keys"),
    make("label", {}, letters, " Single-letter keys work everywhere; otherwise only on the picture"),
    make("dl", {}, ...KEYS.flatMap(([key, what]) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, what)])),
    make("button", { type: "button", className: "switch", onclick: () => dialog.close() }, "Close"));
};

const press = (id, act) => document.getElementById(id).addEventListener("click", act);
press("closer", () => zoomBy(1.4));
press("away", () => zoomBy(1 / 1.4));
press("whole", () => showEverybody());
press("help", everywhere["?"]);
press("theme", () => switchTheme());
