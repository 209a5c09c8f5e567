// Builds the rest of the page: keys, filters, panel, list; and the first picture of a small map.
import { data, isNotes } from "../state/page_data.js";
import { onChange, state } from "../state/view_state.js";
import { placeCamera } from "../draw/camera.js";
import { painted } from "../draw/frame.js";
import { beginNames } from "../draw/names.js";
import { isNetwork } from "../draw/transition.js";
import { narrow } from "./filters.js";
import { buildKeys } from "./keys.js";
import { buildList } from "./list.js";
import { openPage } from "./opening.js";
import { showPanel } from "./panel.js";
import "./pointer.js";
import "./test_handle.js";
import "./tooltip.js";

for (const [link, goal] of [["skip", "people"], ["skip-to-picture", "picture"]]) {
  document.getElementById(link).addEventListener("click", (event) => {
    // The address holds the view, and a link within the page would overwrite it.
    event.preventDefault();
    document.getElementById(goal).focus();
  });
}

const picture = document.getElementById("picture");
/** Describe the picture to screen readers and to the style sheet. */
const describe = () => {
  document.documentElement.dataset.view = state.view;
  picture.setAttribute("aria-label", isNotes ? data.words.map : isNetwork()
    ? "Map of people: who knows whom, in groups, the deeper a tie the shorter and thicker"
    : "Map of people: me in the centre, the deeper a tie the nearer");
};

onChange((changed) => changed.has("view") && describe());
openPage();
buildKeys();
describe();
narrow();
showPanel();
placeCamera(true);
painted().then(() => {
  if (!performance.getEntriesByName("first picture").length) {
    performance.mark("first picture");
  }
  beginNames();
  return painted();
}).then(() => {
  document.documentElement.dataset.drawn = "yes";
  // After the picture, not before it.
  setTimeout(buildList);
});
