// Puts the page together, once: title, sectors to choose from, key to the picture, first frame.
import { longDate } from "../lib/dates.js";
import { figures } from "../lib/text.js";
import { isPast } from "../state/month_state.js";
import { data, isNotes, near, people } from "../state/page_data.js";
import { onChange, recall, state } from "../state/view_state.js";
import { placeCamera } from "../draw/camera.js";
import { painted } from "../draw/frame.js";
import { beginNames } from "../draw/names.js";
import { readTheme } from "../draw/theme.js";
import { arrange, isNetwork } from "../draw/transition.js";
import { narrow } from "./filters.js";
import { buildKey } from "./key.js";
import { buildKeys } from "./keys.js";
import { buildList } from "./list.js";
import { buildSlider } from "./month_slider.js";
import { showPanel } from "./panel.js";
import "./pointer.js";
import "./test_handle.js";
import "./tooltip.js";
import { buildViews } from "./view_switch.js";

for (const [link, goal] of [["skip", "people"], ["skip-to-picture", "picture"]]) {
  document.getElementById(link).addEventListener("click", (event) => {
    // The address holds the view; a link within the page would overwrite it.
    event.preventDefault();
    document.getElementById(goal).focus();
  });
}

const showHead = () => {
  const deep = isNotes ? near.reduce((sum, others) => sum + others.filter(([, depth]) => depth >= 100 * data.deep).length, 0) / 2
    : people.depth.filter((depth) => depth >= data.deep).length;
  document.getElementById("asof").textContent =
    `${figures(people.count)} ${people.count === 1 ? data.words.one : data.words.many}, ${figures(deep)} deep${isNotes ? ` link${deep === 1 ? "" : "s"}` : ""} · ` +
    longDate(data.today);
};

const picture = document.getElementById("picture");
/** What the picture is, for those who do not see it and for the style sheet. */
const describe = () => {
  document.documentElement.dataset.view = state.view;
  picture.setAttribute("aria-label", isNotes ? data.words.map : isNetwork()
    ? "Map of people: who knows whom, in groups, the deeper a tie the shorter and thicker"
    : "Map of people: me in the centre, the deeper a tie the nearer");
};

showHead();
buildViews();
buildKey();
buildKeys();
readTheme();
onChange((changed) => changed.has("view") && describe());
recall();
describe();
buildSlider();
narrow();
if (state.by || isNetwork() || isPast()) {
  arrange(true);
}
showPanel();
placeCamera(true);
painted().then(() => {
  performance.mark("first picture");
  beginNames();
  return painted();
}).then(() => {
  document.documentElement.dataset.drawn = "yes";
  // After the picture, not before it.
  setTimeout(buildList);
});
