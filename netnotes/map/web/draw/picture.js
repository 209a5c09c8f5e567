// One picture, layer by layer. Knows the order of the layers, and nothing of what each draws.
import { ringCounts } from "../state/month_state.js";
import { people } from "../state/page_data.js";
import { onChange, state } from "../state/view_state.js";
import { FILTERS, isShown } from "../state/visible.js";
import { drawBackground, drawMe } from "./background.js";
import { view } from "./camera.js";
import { drawDots, drawMarks, shownPeople, sortPeople } from "./dots.js";
import { isAnimating, paintWith, redraw } from "./frame.js";
import { countCircles, drawCircles, drawJoints, drawTitles } from "./groups.js";
import { highlighted } from "./highlight.js";
import { CROWD, drawNames, updateNames } from "./names.js";
import { drawPathMarks, drawPathSteps } from "./path_layer.js";
import { onTheme } from "./theme.js";
import { drawAlterTies, drawEgoTies, drawOwnTies } from "./ties.js";
import { drawTrail } from "./trail.js";
import { networkShare } from "./transition.js";

/** Milliseconds without movement after which names are placed anew. */
const QUIET = 120;
let counts = [];

/** How many people the picture says each ring holds. */
export const drawnCounts = () => counts;
/** Take up who is shown now. */
export const updatePicture = () => {
  sortPeople();
  countCircles();
  // Of the month chosen, whole: people may still be on their way there.
  counts = ringCounts(state.month, isShown);
  redraw();
};

/**
 * Draw one picture: `now` is a view as the camera gives it, drawn `now.top` below the upper edge where that is given;
 * `ratio` is how many pixels of `ctx` make one of its lengths. `how` is for the frames of the page itself: {isMoving,
 * keepsNames, isDrifting, keep}.
 */
export const paint = (ctx, now, ratio, how = {}) => {
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, ratio * (now.top ?? 0));
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

let before = "";
let quiet = 0;
/** Whether the camera moved since the frame before. */
const isMoving = (now) => {
  const here = `${now.scale} ${now.x} ${now.y}`;
  const moved = here !== before;
  before = here;
  clearTimeout(quiet);
  if (moved) {
    quiet = setTimeout(redraw, QUIET);
  }
  return moved;
};
/** Paint every frame from now on. Before, the page does not know yet what to show. */
export const beginPainting = () => paintWith((ctx, ratio) => {
  const now = view();
  const moving = isMoving(now);
  paint(ctx, now, ratio, { isMoving: moving, keepsNames: moving && people.count > CROWD, isDrifting: isAnimating("months"), keep: true });
});

onTheme(updatePicture);
onChange((changed) => (FILTERS.some((key) => changed.has(key)) ? updatePicture : redraw)());
