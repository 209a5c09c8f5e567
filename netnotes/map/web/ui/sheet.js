// On narrow pages the list and the panel are a sheet of three heights, which its grip pulls up and down.
import { onChange, state } from "../state/view_state.js";
import { placeCamera } from "../draw/camera.js";
import { isBeside, isCompact, onLayout } from "../draw/viewport.js";

const root = document.documentElement;
const HEIGHTS = ["low", "half", "full"];
const LABELS = { low: "Raise the sheet to half the page", half: "Raise the sheet to the whole page", full: "Lower the sheet" };
/** Pixels that a press may move and still be a click. */
const SLIP = 6;
let before = null;

const height = () => root.dataset.sheet;
const label = (grip) => {
  grip.setAttribute("aria-label", LABELS[height()]);
  grip.setAttribute("aria-expanded", String(height() !== "low"));
};
/** Give the sheet one of its heights. */
export const setSheet = (to) => {
  if (root.dataset.sheet !== to) {
    root.dataset.sheet = to;
    document.querySelectorAll(".grip").forEach(label);
    if (isCompact()) {
      placeCamera();
    }
  }
};
/** Raise the sheet to at least this height, so that there is room to type or read. */
export const raiseSheet = (to) => {
  if (isCompact() && HEIGHTS.indexOf(height()) < HEIGHTS.indexOf(to)) {
    setSheet(to);
  }
};
const step = (by) => setSheet(HEIGHTS[Math.min(2, Math.max(0, HEIGHTS.indexOf(height()) + by))]);

/** The height nearest to where the grip was released; `share` of the page. */
const nearest = (share) => (share < 0.3 ? "low" : share < 0.72 ? "half" : "full");
/** Make a button the grip of the sheet that holds it. */
export const makeGrip = (grip) => {
  let press = null;
  label(grip);
  grip.addEventListener("pointerdown", (event) => {
    grip.setPointerCapture(event.pointerId);
    press = { y: event.clientY, moved: false, sheet: grip.parentElement };
  });
  grip.addEventListener("pointermove", (event) => {
    if (press && !isBeside() && (press.moved || Math.abs(event.clientY - press.y) > SLIP)) {
      press.moved = true;
      press.sheet.style.height = `${Math.max(80, innerHeight - event.clientY + 12)}px`;
    }
  });
  const release = (event) => {
    if (press?.moved) {
      press.sheet.style.height = "";
      setSheet(nearest((innerHeight - event.clientY) / innerHeight));
    }
    grip.wasDragged = press?.moved;
    press = null;
  };
  grip.addEventListener("pointerup", release);
  grip.addEventListener("pointercancel", release);
  grip.addEventListener("click", () => {
    if (!grip.wasDragged) {
      setSheet(HEIGHTS[(HEIGHTS.indexOf(height()) + 1) % HEIGHTS.length]);
    }
    grip.wasDragged = false;
  });
  grip.addEventListener("keydown", (event) => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (by) {
      step(by);
      event.preventDefault();
    }
  });
  return grip;
};

/** Show or hide the list; on a narrow page, raise or lower the sheet. */
export const foldSide = () => {
  if (isCompact()) {
    setSheet(height() === "low" ? "half" : "low");
    return;
  }
  const isFolded = document.body.classList.toggle("folded");
  const fold = document.getElementById("fold");
  fold.setAttribute("aria-expanded", String(!isFolded));
  fold.setAttribute("aria-label", isFolded ? "Show the list" : "Hide the list");
};

root.dataset.sheet = isBeside() && innerWidth >= 600 ? "half" : "low";
makeGrip(document.getElementById("grip"));
document.getElementById("fold").addEventListener("click", foldSide);
document.getElementById("search").addEventListener("focus", () => raiseSheet(isBeside() ? "half" : "full"));
document.getElementById("people").addEventListener("focusin", () => raiseSheet("half"));
onLayout(() => placeCamera(true));
onChange((changed) => {
  if (changed.has("chosen") && isCompact()) {
    if (state.chosen >= 0) {
      before ??= height();
      setSheet(height() === "full" ? "half" : height());
      raiseSheet("half");
    } else if (before) {
      setSheet(before);
      before = null;
    }
  }
});
