// Choose a person, and close the panel again.
import { ME } from "../lib/paths.js";
import { setState, state } from "../state/view_state.js";
import { drawnCount } from "../state/visible.js";
import { reveal } from "../draw/camera.js";

/** What had the focus when the panel opened. */
let before = null;

/** Choose a person; `look` brings the person into view, and draws those left out if the person is one of them. */
export const choose = (i, { look = false } = {}) => {
  if (i >= drawnCount()) {
    setState({ all: true });
  }
  if (state.chosen < 0 && i >= 0) {
    before = document.activeElement;
  }
  // A path from me is kept for the next person; a path to someone else belonged to the person before.
  setState({ chosen: i, pointed: -1, pathIndex: 0, ...(i >= 0 && state.to === ME ? {} : { to: null }) });
  if (look && i >= 0) {
    reveal(i);
  }
};
/** Close the panel; the focus returns to where it was. */
export const closePanel = () => {
  choose(-1);
  const isThere = before?.isConnected && before !== document.body;
  (isThere ? before : document.getElementById("picture")).focus({ preventScroll: true });
};
/** Close the path that is drawn, else the panel. */
export const leave = () => {
  if (state.chosen >= 0 && state.to !== null) {
    setState({ to: null, pathIndex: 0 });
  } else {
    closePanel();
  }
};
