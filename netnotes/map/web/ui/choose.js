// Choosing a person, and leaving again.
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
  // A path from me goes along to whomever one looks at next; one to somebody else was asked for of this person.
  setState({ chosen: i, pointed: -1, way: 0, ...(i >= 0 && state.to === ME ? {} : { to: null }) });
  if (look && i >= 0) {
    reveal(i);
  }
};
/** Close the panel; the focus goes back to where it came from. */
export const closePanel = () => {
  choose(-1);
  const isThere = before?.isConnected && before !== document.body;
  (isThere ? before : document.getElementById("picture")).focus({ preventScroll: true });
};
/** Leave the path that is drawn, else the person. */
export const leave = () => {
  if (state.chosen >= 0 && state.to !== null) {
    setState({ to: null, way: 0 });
  } else {
    closePanel();
  }
};
