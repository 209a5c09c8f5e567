// The people as a list, deepest first, below the rings' names. Rows are made as the reader scrolls to them.
import { depthOf, listOrder, zoneOf } from "../state/list_order.js";
import { isPast, monthState } from "../state/month_state.js";
import { data, depthText, isMarked, isNotes, people, since } from "../state/page_data.js";
import { onChange, state } from "../state/view_state.js";
import { isShown } from "../state/visible.js";
import { isAnimating } from "../draw/frame.js";
import { ink, onTheme } from "../draw/theme.js";
import { choose } from "./choose.js";
import { dotElement, make, nameElement } from "./elements.js";

const section = document.getElementById("people");
/** Rows made at once; fewer while months are played, or each month would cost a frame. */
const AT_ONCE = 120;
const PASSING = 40;
let next = 0;
let rows = new Map();
let list = null;
let zone = "";

const row = (i) => {
  const dot = dotElement(ink.person[i]);
  dot.style.color = ink.person[i];
  dot.classList.toggle("cored", isMarked(i));
  dot.classList.toggle("hollow", monthState.warm[i] === "dormant" || Number.isNaN(depthOf(i)));
  const depth = Number.isNaN(depthOf(i)) ? null : depthOf(i);
  const more = [monthState.tie[i], monthState.warm[i] === "not known" ? null : monthState.warm[i],
    people.last[i] === null || isPast() ? null : `${data.words.lastinline} ${since(people.last[i])}`,
    data.scenes.names.length > 1 ? data.scenes.names[people.scene[i]] : null].filter(Boolean).join(", ");
  const button = make("button", { type: "button", tabIndex: -1, onclick: (event) => {
    stopAt(button);
    choose(i, { look: true });
    // With the keyboard, the focus moves on to the panel.
    if (!event.detail) {
      document.querySelector("#panel h2")?.focus();
    }
  } }, dot, nameElement(people.name[i]), make("span", { className: "end soft" }, isNotes ? String(data.degree[i] || "–") : depth === null ? "–" : depthText(depth)),
  make("span", { className: "unseen" }, `, ${more}`));
  button.setAttribute("aria-current", String(i === state.chosen));
  const item = make("li", {}, button);
  rows.set(i, item);
  return item;
};

/** The one row that Tab stops at. */
let stop = null;
const stopAt = (button) => {
  if (stop) {
    stop.tabIndex = -1;
  }
  stop = button;
  stop.tabIndex = 0;
};
section.addEventListener("keydown", (event) => {
  const buttons = [...section.querySelectorAll("li button")];
  const at = buttons.indexOf(event.target);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (at >= 0 && buttons[next]) {
    stopAt(buttons[next]);
    buttons[next].focus();
    event.preventDefault();
  }
});

/** Append up to `amount` more rows. */
export const extendList = (amount) => {
  let made = 0;
  while (next < people.count && made < amount) {
    const i = listOrder()[next];
    next += 1;
    if (isShown(i)) {
      if (zoneOf(i) !== zone) {
        zone = zoneOf(i);
        list = make("ul", {});
        section.append(make("h2", {}, zone, isNotes ? make("span", {}, "links") : null), list);
      }
      list.append(row(i));
      made += 1;
    }
  }
  more.remove();
  if (next < people.count) {
    section.append(more);
  }
};
const more = make("button", { type: "button", className: "bare", onclick: () => extendList(AT_ONCE) }, `More ${data.words.many}`);
new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && extendList(AT_ONCE), { rootMargin: "400px" })
  .observe(more);

export const buildList = () => {
  next = 0;
  zone = "";
  list = null;
  rows = new Map();
  section.replaceChildren();
  stop = null;
  extendList(isAnimating("months") ? PASSING : AT_ONCE);
  const first = section.querySelector("li button");
  if (first) {
    stopAt(rows.get(state.chosen)?.firstChild ?? first);
  }
  // Without rows, the text that is shown instead must be reachable by keyboard.
  section.tabIndex = list ? -1 : 0;
  if (!list) {
    section.append(make("p", { className: "soft empty" }, people.count
      ? data.words.unfit : data.words.empty));
  }
};
const mark = () => {
  for (const [i, item] of rows) {
    item.firstChild.setAttribute("aria-current", String(i === state.chosen));
  }
  rows.get(state.chosen)?.scrollIntoView({ block: "nearest" });
};

onChange((changed) => {
  if (["month", "off", "depth", "last"].some((key) => changed.has(key))) {
    buildList();
  }
  if (changed.has("chosen")) {
    mark();
  }
});
onTheme(() => section.childElementCount && buildList());
/** How many rows there are. */
export const listedCount = () => rows.size;
