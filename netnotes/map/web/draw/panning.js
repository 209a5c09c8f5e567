// While a picture of many people is only panned, it is painted once, with an edge around it, and shifted.
import { onChange } from "../state/view_state.js";
import { canvas, drawnVersion, EDGE } from "./frame.js";

const sheet = document.createElement("canvas");
/** The camera and size with which the sheet was painted; null for an empty sheet. */
let painted = null;

/** Forget what was painted: the picture is at rest, or more than its position has changed. */
export const endPanning = () => (painted = null);
onChange((changed) => [...changed].some((key) => key !== "at") && endPanning());

const isOn = (now, { scale, x, y, version, width, height }) => scale === now.scale && version === drawnVersion() &&
  width === canvas.width && height === canvas.height && Math.abs(x - now.x) <= EDGE && Math.abs(y - now.y) <= EDGE;

/** Paint a frame in which only the position of the picture has changed; `paint(ctx, now)` paints all of it. */
export const paintMoved = (screen, now, ratio, paint) => {
  if (!painted || !isOn(now, painted)) {
    painted = { ...now, version: drawnVersion(), width: canvas.width, height: canvas.height };
    sheet.width = canvas.width + 2 * EDGE * ratio;
    sheet.height = canvas.height + 2 * EDGE * ratio;
    paint(sheet.getContext("2d", { alpha: false }), { ...now, edge: EDGE });
  }
  screen.drawImage(sheet, Math.round((now.x - painted.x - EDGE) * ratio), Math.round((now.y - painted.y - EDGE) * ratio));
};
