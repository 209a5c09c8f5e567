// Mouse, pen and fingers on the picture: point, choose, drag, zoom.
import { data, isNotes, readJson } from "../state/page_data.js";
import { setState, state } from "../state/view_state.js";
import { hit, keepCamera, panBy, reveal, showCircle, showEverybody, view, zoomAt } from "../draw/camera.js";
import { foldedAt } from "../draw/folding.js";
import { box } from "../draw/frame.js";
import { choose } from "./choose.js";
import { ask } from "./path_panel.js";

/** Pixels that a press may move and still be a click. */
const SLIP = 5;
/** Pixels within which someone is pointed at, clicked and touched. */
const [POINT, CLICK, TOUCH] = [7, 9, 22];
/** Most milliseconds between the two taps of a double tap. */
const TWICE = 320;
/** Zoom of one pixel of the wheel. */
const WHEEL = 0.002 * readJson("options").interaction.zoomSpeed;

const fingers = new Map();
let press = null;
let lastTap = 0;

const at = (event) => {
  const area = box.getBoundingClientRect();
  return [event.clientX - area.left, event.clientY - area.top];
};
/** The middle of all fingers, and the distance between the first two. */
const spread = () => {
  const all = [...fingers.values()];
  const [x, y] = [0, 1].map((axis) => all.reduce((sum, one) => sum + one[axis], 0) / all.length);
  return { x, y, apart: all.length > 1 ? Math.hypot(all[0][0] - all[1][0], all[0][1] - all[1][1]) : 0 };
};

let asked = null;
const point = (event) => {
  if (!asked) {
    requestAnimationFrame(() => {
      setState({ pointed: asked ? hit(...asked, POINT) : -1 });
      asked = null;
    });
  }
  asked = at(event);
};
const click = (event) => {
  const isTouch = event.pointerType === "touch";
  const found = hit(...at(event), isTouch ? TOUCH : CLICK);
  const isTwice = event.timeStamp - lastTap < TWICE;
  lastTap = event.timeStamp;
  if (found >= 0 && state.chosen >= 0 && found !== state.chosen && !isNotes && event.shiftKey) {
    ask(found);
  } else if (found >= 0) {
    choose(found);
    reveal(found);
  } else if (foldedAt(view(), ...at(event)) >= 0) {
    showCircle(data.network.circles[foldedAt(view(), ...at(event))]);
  } else if (isTwice) {
    showEverybody();
  } else if (state.chosen >= 0) {
    choose(-1);
  }
};

box.addEventListener("pointerdown", (event) => {
  if (event.button) {
    return;
  }
  box.setPointerCapture(event.pointerId);
  fingers.set(event.pointerId, at(event));
  press = { from: at(event), moved: press?.moved || fingers.size > 1, ...spread() };
});
box.addEventListener("pointermove", (event) => {
  if (!fingers.has(event.pointerId)) {
    if (event.pointerType !== "touch" && !event.buttons) {
      point(event);
    }
    return;
  }
  fingers.set(event.pointerId, at(event));
  const [x, y] = at(event);
  if (!press.moved && Math.hypot(x - press.from[0], y - press.from[1]) <= SLIP) {
    return;
  }
  if (!press.moved) {
    asked = null;
    setState({ pointed: -1 });
  }
  const now = spread();
  panBy(now.x - press.x, now.y - press.y);
  if (press.apart && now.apart) {
    zoomAt(now.x, now.y, now.apart / press.apart);
  }
  press = { ...press, moved: true, ...now };
});
const release = (event) => {
  if (!fingers.delete(event.pointerId)) {
    return;
  }
  if (fingers.size) {
    press = { ...press, ...spread() };
    return;
  }
  const { moved } = press;
  press = null;
  if (moved) {
    keepCamera();
  } else if (event.type === "pointerup") {
    click(event);
  }
};
box.addEventListener("pointerup", release);
box.addEventListener("pointercancel", release);
box.addEventListener("pointerleave", () => {
  asked = null;
  setState({ pointed: -1 });
});
box.addEventListener("wheel", (event) => {
  event.preventDefault();
  const lines = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? box.clientHeight : 1;
  zoomAt(...at(event), Math.exp(-WHEEL * lines * event.deltaY * (event.ctrlKey ? 6 : 1)));
}, { passive: false });
