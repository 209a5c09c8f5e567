// Draws one picture, layer by layer. Only the order of the layers is decided here.
import { ringCounts } from "../state/month_state.js";
import { people } from "../state/page_data.js";
import { onChange, state } from "../state/view_state.js";
import { FILTERS, isShown } from "../state/visible.js";
import { drawBackground, drawMe } from "./background.js";
import { view } from "./camera.js";
import { drawDots, drawMarks, shownPeople, sortPeople } from "./dots.js";
import { isAnimated, isAnimating, paintWith, redraw } from "./frame.js";
import { countCircles, drawCircles, drawJoints, drawTitles } from "./groups.js";
import { highlighted } from "./highlight.js";
import { CROWD, drawNames, updateNames } from "./names.js";
import { endPanning, paintMoved } from "./panning.js";
import { drawPathMarks, drawPathSteps } from "./path_layer.js";
import { onTheme } from "./theme.js";
import { drawAlterTies, drawEgoTies, drawOwnTies } from "./ties.js";
import { drawTrail } from "./trail.js";
import { networkShare } from "./transition.js";

/** Milliseconds without movement after which names are placed again. */
const QUIET = 120;
let counts = [];

/** How many people each ring holds, as written on the picture. */
export const drawnCounts = () => counts;
/** Update the picture after the people shown have changed. */
export const updatePicture = () => {
  sortPeople();
  countCircles();
  // Counted for the chosen month, although people may still be moving.
  counts = ringCounts(state.month, isShown);
  redraw();
};

/**
 * Draw one picture. `now` is the camera's view, drawn `now.top` below the upper edge, with `now.edge` more on each
 * side, if given; `ratio` is the number of pixels of `ctx` per CSS pixel. `how` is for frames of the page: {isMoving,
 * keepsNames, isDrifting, keep}.
 */
export const paint = (ctx, now, ratio, how = {}) => {
  ctx.save();
  const edge = now.edge ?? 0;
  ctx.setTransform(ratio, 0, 0, ratio, ratio * edge, ratio * (edge + (now.top ?? 0)));
  const highlight = highlighted();
  drawBackground(ctx, now, counts);
  drawCircles(ctx, now);
  drawEgoTies(ctx, now, highlight, shownPeople());
  drawAlterTies(ctx, now, highlight, how);
  drawOwnTies(ctx, now, highlight);
  drawTrail(ctx, now);
  drawPathSteps(ctx, now);
  drawDots(ctx, now, highlight, ratio);
  drawJoints(ctx, now);
  drawMe(ctx, now, 1 - networkShare());
  drawMarks(ctx, now);
  drawPathMarks(ctx, now);
  drawTitles(ctx, now, how);
  updateNames(ctx, now, highlight, counts, how);
  drawNames(ctx, now, highlight, how);
  ctx.restore();
};

let before = {};
let quiet = 0;
/** The camera's movement since the last frame: [whether it moved, whether it only panned]. */
const movement = (now) => {
  const isZoomed = now.scale !== before.scale;
  const isMoving = isZoomed || now.x !== before.x || now.y !== before.y;
  before = now;
  clearTimeout(quiet);
  if (isMoving) {
    quiet = setTimeout(redraw, QUIET);
  }
  return [isMoving, isMoving && !isZoomed];
};
/** Paint every frame from now on; before this, the page does not know what to show. */
export const beginPainting = () => paintWith((ctx, ratio) => {
  const now = view();
  const [isMoving, isPanned] = movement(now);
  const isCrowd = people.count > CROWD;
  const how = { isMoving, keepsNames: isMoving && isCrowd, isDrifting: isAnimating("months"), keep: true };
  if (isPanned && isCrowd && !isAnimated()) {
    paintMoved(ctx, now, ratio, (sheet, wide) => paint(sheet, wide, ratio, how));
  } else {
    endPanning();
    paint(ctx, now, ratio, how);
  }
});

onTheme(updatePicture);
onChange((changed) => (FILTERS.some((key) => changed.has(key)) ? updatePicture : redraw)());
