// The head of the page and the first picture. A large map is drawn as soon as its positions have arrived: all other
// scripts come after the ties and the details, which are most of the page.
import { longDate } from "../lib/dates.js";
import { figures } from "../lib/text.js";
import { isPast } from "../state/month_state.js";
import { data, isNotes, near, people } from "../state/page_data.js";
import { recall, state } from "../state/view_state.js";
import { placeCamera } from "../draw/camera.js";
import { painted, paintNow } from "../draw/frame.js";
import { CROWD } from "../draw/names.js";
import { beginPainting } from "../draw/picture.js";
import { readTheme } from "../draw/theme.js";
import { arrange, isNetwork } from "../draw/transition.js";
import { buildKey } from "./key.js";
import { buildSlider } from "./month_slider.js";
import { buildViews } from "./view_switch.js";

/** Addresses that need nothing that comes later: only the picture, its sectors, and the part shown. */
const PLAIN = /^(?:#(?:(?:view|by|at)=[^&]*(?:&|$))*)?$/;
/** Whether the first picture can be drawn before the rest of the page. A live page continues where the last one was. */
const isEarly = people.count > CROWD && !isNotes && document.documentElement.dataset.live === undefined && PLAIN.test(location.hash);

const showHead = () => {
  const deep = isNotes ? near().reduce((sum, others) => sum + others.filter(([, depth]) => depth >= 100 * data.deep).length, 0) / 2
    : people.depth.filter((depth) => depth >= data.deep).length;
  document.getElementById("asof").textContent =
    `${figures(people.count)} ${people.count === 1 ? data.words.one : data.words.many}, ${figures(deep)} deep${isNotes ? ` link${deep === 1 ? "" : "s"}` : ""} · ` +
    longDate(data.today);
};
let isOpen = false;
/** Build what the picture depends on, and place everyone as the address says; only once. */
export const openPage = () => {
  if (isOpen) {
    return;
  }
  isOpen = true;
  showHead();
  buildViews();
  buildKey();
  readTheme();
  recall();
  document.documentElement.dataset.view = state.view;
  buildSlider();
  if (state.by || isNetwork() || isPast()) {
    arrange(true);
  }
  beginPainting();
};
if (isEarly) {
  openPage();
  placeCamera(true);
  paintNow();
  painted().then(() => performance.mark("first picture"));
}
