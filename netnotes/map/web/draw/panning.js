// A picture of many people while it is only moved: it is painted once, with an edge around it, and moved along.
import { onChange } from "../state/view_state.js";
import { canvas, drawnVersion, EDGE } from "./frame.js";

const sheet = document.createElement("canvas");
/** Where the camera was when the sheet was painted, and what else it shows; null where it shows nothing. */
let painted = null;

/** Forget what was painted: the picture rests, or something besides its place has changed. */
export const endPanning = () => (painted = null);
onChange((changed) => [...changed].some((key) => key !== "at") && endPanning());

const isOn = (now, { scale, x, y, version, width, height }) => scale === now.scale && version === drawnVersion() &&
  width === canvas.width && height === canvas.height && Math.abs(x - now.x) <= EDGE && Math.abs(y - now.y) <= EDGE;

/** Paint a frame in which nothing but the place of the picture has changed; `paint(ctx, now)` paints it whole. */
export const paintMoved = (screen, now, ratio, paint) => {
  if (!painted || !isOn(now, painted)) {
    painted = { ...now, version: drawnVersion(), width: canvas.width, height: canvas.height };
    sheet.width = canvas.width + 2 * EDGE * ratio;
    sheet.height = canvas.height + 2 * EDGE * ratio;
    paint(sheet.getContext("2d", { alpha: false }), { ...now, edge: EDGE });
  }
  screen.drawImage(sheet, Math.round((now.x - painted.x - EDGE) * ratio), Math.round((now.y - painted.y - EDGE) * ratio));
};
