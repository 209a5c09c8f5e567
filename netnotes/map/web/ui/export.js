// Save the picture or the list as a file, made in the browser: nothing is sent or fetched.
import { SvgRecorder } from "../lib/svg_recorder.js";
import { isPast, timeline } from "../state/month_state.js";
import { data, isNotes } from "../state/page_data.js";
import { state } from "../state/view_state.js";
import { box } from "../draw/frame.js";
import { inLight } from "../draw/theme.js";
import { drawSheet, measureSheet, sheetTitle } from "../draw/sheet.js";
import { announce, make } from "./elements.js";
import { listCsv } from "./table.js";

const button = document.getElementById("save");
const menu = document.getElementById("saving");
/** Most pixels of a picture; some phones cannot make more. */
const MOST = 16e6;
const PATIENCE = 20000;

const save = (blob, name) => {
  const address = URL.createObjectURL(blob);
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), PATIENCE);
  announce(`Saved ${name}`);
};
const picture = () => (isNotes ? "network" : state.view);
const named = (what, ending) => `netnotes-${what}-${isPast() ? timeline.months[state.month] : data.today}.${ending}`;

const png = () => {
  const canvas = make("canvas");
  const measured = measureSheet(canvas.getContext("2d"));
  const area = measured.width * measured.height;
  const ratio = [3, 2, 1].find((times) => area * times * times <= MOST) ?? 1;
  canvas.width = Math.round(measured.width * ratio);
  canvas.height = Math.round(measured.height * ratio);
  drawSheet(canvas.getContext("2d"), measured, ratio);
  canvas.toBlob((blob) => (blob ? save(blob, named(picture(), "png")) : announce("The picture is too large to save")));
};
const drawing = () => {
  // As fine as the largest PNG, so that small dots are round.
  const recorder = new SvgRecorder(3, make("canvas").getContext("2d"));
  const measured = measureSheet(recorder);
  drawSheet(recorder, measured, 3);
  return recorder.document(measured.width, measured.height, sheetTitle());
};
const svg = () => save(new Blob([drawing()], { type: "image/svg+xml" }), named(picture(), "svg"));
/** Print the drawing, in the colours for paper: a canvas would be stretched to the sheet. */
const print = () => {
  const parsed = new DOMParser().parseFromString(inLight(drawing), "image/svg+xml").documentElement;
  endPrint();
  document.body.append(make("figure", { id: "printed" }, document.importNode(parsed, true)));
};
const endPrint = () => document.getElementById("printed")?.remove();
addEventListener("beforeprint", print);
addEventListener("afterprint", endPrint);
const list = () => save(new Blob([listCsv()], { type: "text/csv;charset=utf-8" }), named(isNotes ? "notes" : "people", "csv"));

const CHOICES = [["Picture", "PNG", png], ["Drawing", "SVG", svg], ["List", "CSV", list]];
/** What had the focus before the menu took it. */
let before = null;
const open = () => {
  before = document.activeElement;
  menu.hidden = false;
  button.setAttribute("aria-expanded", "true");
  menu.firstElementChild.focus();
};
/** Close the menu; the focus returns to where it was. */
const close = () => {
  const held = menu.contains(document.activeElement);
  menu.hidden = true;
  button.setAttribute("aria-expanded", "false");
  if (held) {
    (before?.isConnected && before !== document.body ? before : box).focus({ preventScroll: true });
  }
};
export const toggleSaving = () => (menu.hidden ? open() : close());
const step = (by) => {
  const items = [...menu.children];
  items.at((items.indexOf(document.activeElement) + by) % items.length).focus();
};

menu.append(...CHOICES.map(([what, ending, act]) => make("button", {
  type: "button", role: "menuitem", tabIndex: -1, onclick: () => {
    close();
    act();
  },
}, what, make("span", { className: "soft" }, ending))));
menu.addEventListener("keydown", (event) => {
  const act = {
    ArrowDown: () => step(1), ArrowUp: () => step(-1), Home: () => menu.firstElementChild.focus(),
    End: () => menu.lastElementChild.focus(), Escape: close, s: close,
  }[event.key];
  if (event.key === "Tab") {
    close();
  } else if (act) {
    act();
    event.preventDefault();
    event.stopPropagation();
  }
});
button.addEventListener("click", toggleSaving);
addEventListener("pointerdown", (event) => {
  if (!menu.hidden && !menu.contains(event.target) && !button.contains(event.target)) {
    close();
  }
}, true);
