// Moves everyone to their positions in the picture shown, and from one picture to the other. Draws nothing.
import { data, people } from "../state/page_data.js";
import { onChange, state } from "../state/view_state.js";
import { animate, invalidate, isStill, redraw, stopAnimation } from "./frame.js";
import { ringPlaces } from "./ring_positions.js";

const MILLISECONDS = 700;
/** 0 in the rings, 1 in the network, between the two during the transition. */
let share = 0;
let isBusy = false;
const listeners = [];

export const isNetwork = () => state.view === "network";
export const networkShare = () => share;
/** Call `listener()` in each step of the transition from one picture to the other. */
export const onTransition = (listener) => listeners.push(listener);
const places = () => (isNetwork() ? data.network : ringPlaces());

/** Move everyone to their positions in the picture; at once if `quick`. */
export const arrange = (quick) => {
  const from = [people.x.slice(), people.y.slice(), share];
  const to = Number(isNetwork());
  let started = null;
  isBusy = true;
  const go = (passed) => {
    // Read in every step: the months may be played meanwhile.
    const { x, y } = places();
    const eased = passed < 0.5 ? 4 * passed ** 3 : 1 - (2 - 2 * passed) ** 3 / 2;
    for (let i = 0; i < people.count; i += 1) {
      people.x[i] = from[0][i] + (x[i] - from[0][i]) * eased;
      people.y[i] = from[1][i] + (y[i] - from[1][i]) * eased;
    }
    share = from[2] + (to - from[2]) * eased;
    invalidate();
    if (from[2] !== to) {
      listeners.forEach((listener) => listener());
    }
    isBusy = passed < 1;
    return isBusy;
  };
  stopAnimation("transition");
  if (quick || isStill()) {
    go(1);
    redraw();
    return;
  }
  animate("transition", (moment) => go(Math.min(1, (moment - (started ??= moment)) / MILLISECONDS)));
};
/** Put everyone at their positions in the month shown, unless they are already moving there. */
export const followMonth = () => {
  if (!isBusy && !isNetwork()) {
    const { x, y } = places();
    people.x.set(x);
    people.y.set(y);
  }
  invalidate(!isNetwork());
};

onChange((changed) => {
  if (changed.has("view") || (changed.has("by") && !isNetwork())) {
    arrange();
  }
});
