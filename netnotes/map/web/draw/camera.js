// The camera: the point of the world in the middle of the picture, and the zoom. Its movements are animated.
import { people } from "../state/page_data.js";
import { onChange, setState, state } from "../state/view_state.js";
import { drawnCount, isShown } from "../state/visible.js";
import { isFoldedAway } from "./folding.js";
import { animate, box, isStill, redraw, stopAnimation } from "./frame.js";
import { onTransition } from "./transition.js";
import { fitting, middle, openPart, usual } from "./viewport.js";

const MILLISECONDS = 420;
/** Smallest and largest zoom, relative to the one that shows everyone. */
const [LEAST, MOST] = [0.5, 40];
const camera = { x: 0, y: 0, scale: 1 };

const round = (value) => Math.round(value * 1000) / 1000;
const bounded = (scale) => Math.min(Math.max(scale, fitting() * LEAST), fitting() * MOST);
const ease = (share) => (share < 0.5 ? 4 * share ** 3 : 1 - (2 - 2 * share) ** 3 / 2);

/** The camera that puts the world's (x, y) into the middle of the open part. */
const aim = (x, y, scale) => {
  const area = openPart();
  return {
    x: x - (area.x + area.width / 2 - box.clientWidth / 2) / scale,
    y: y - (area.y + area.height / 2 - box.clientHeight / 2) / scale,
    scale,
  };
};
/** The world's point in the middle of the open part. */
const centre = () => {
  const area = openPart();
  return {
    x: camera.x + (area.x + area.width / 2 - box.clientWidth / 2) / camera.scale,
    y: camera.y + (area.y + area.height / 2 - box.clientHeight / 2) / camera.scale,
  };
};

const moveTo = (goal, quick) => {
  stopAnimation("camera");
  const from = { ...camera };
  const isThere = Math.hypot(goal.x - from.x, goal.y - from.y) * goal.scale < 0.01 && Math.abs(goal.scale / from.scale - 1) < 1e-4;
  if (quick || isStill() || isThere) {
    Object.assign(camera, goal);
    redraw();
    return;
  }
  let started = null;
  animate("camera", (moment) => {
    const passed = Math.min(1, (moment - (started ??= moment)) / MILLISECONDS);
    if (passed < 1) {
      const share = ease(passed);
      camera.scale = from.scale * (goal.scale / from.scale) ** share;
      camera.x = from.x + (goal.x - from.x) * share;
      camera.y = from.y + (goal.y - from.y) * share;
    } else {
      Object.assign(camera, goal);
    }
    return passed < 1;
  });
};

/** Move the camera to the position in the state. */
export const placeCamera = (quick) => {
  if (state.at) {
    moveTo(aim(state.at[0], state.at[1], state.at[2] * fitting()), quick);
  } else {
    moveTo(aim(...middle(), fitting()), quick);
  }
};

let isOwn = false;
/** Store in the state where the camera is, or is moving to. */
const remember = (x, y, scale) => {
  isOwn = true;
  setState({ at: [Math.round(x), Math.round(y), round(scale / fitting())] });
  isOwn = false;
};
/** Store the camera's position in the state. */
export const keepCamera = () => remember(centre().x, centre().y, camera.scale);

/** Show everyone. */
export const showEverybody = () => (state.at ? setState({ at: null }) : placeCamera());
/** Zoom to a circle of the world, [x, y, radius], with some margin. */
export const showCircle = ([x, y, radius]) => {
  const { width, height } = openPart();
  setState({ at: [x, y, round(bounded((0.4 * Math.min(width, height)) / radius) / fitting())] });
};
/** Zoom by a factor around the middle of the open part. */
export const zoomBy = (factor) => {
  const { x, y } = centre();
  const scale = bounded(camera.scale * factor);
  remember(x, y, scale);
  moveTo(aim(x, y, scale));
};
/** Zoom by a factor at once, around the point (x, y) of the picture. */
export const zoomAt = (x, y, factor) => {
  stopAnimation("camera");
  const scale = bounded(camera.scale * factor);
  const [dx, dy] = [x - box.clientWidth / 2, y - box.clientHeight / 2];
  camera.x += dx / camera.scale - dx / scale;
  camera.y += dy / camera.scale - dy / scale;
  camera.scale = scale;
  keepCamera();
  redraw();
};
/** Move the picture by pixels of the screen, at once. */
export const panBy = (dx, dy) => {
  stopAnimation("camera");
  camera.x -= dx / camera.scale;
  camera.y -= dy / camera.scale;
  redraw();
};

/** The view that a frame is drawn with: zoom, position of the world's origin, and size, in CSS pixels. */
export const view = () => {
  const { scale } = camera;
  const least = usual();
  const [width, height] = [box.clientWidth, box.clientHeight];
  // When zooming in, dots grow more slowly than distances, so that crowds spread out.
  const dot = scale > least ? least * (scale / least) ** 0.5 : scale;
  return { scale, dot, x: width / 2 - camera.x * scale, y: height / 2 - camera.y * scale, width, height };
};
/** The position of a person in pixels of the picture. */
export const spotOf = (now, i) => [now.x + people.x[i] * now.scale, now.y + people.y[i] * now.scale];

/** Bring one person into the open part, moving as little as possible. */
export const reveal = (i) => {
  if (!state.at) {
    // Everyone is in view, or is about to be.
    return;
  }
  const [x, y] = spotOf(view(), i);
  const area = openPart();
  const edgeX = Math.min(60, area.width / 5);
  const edgeY = Math.min(60, area.height / 5);
  const outX = Math.min(0, x - area.x - edgeX) + Math.max(0, x - area.x - area.width + edgeX);
  const outY = Math.min(0, y - area.y - edgeY) + Math.max(0, y - area.y - area.height + edgeY);
  if (outX || outY) {
    moveTo({ x: camera.x + outX / camera.scale, y: camera.y + outY / camera.scale, scale: camera.scale });
  }
};

/** The person nearest to a point of the picture; -1 if no one is within `reach` pixels. */
export const hit = (x, y, reach) => {
  const now = view();
  let best = -1;
  let least = Infinity;
  const last = drawnCount();
  for (let i = 0; i < last; i += 1) {
    if (isShown(i) && !isFoldedAway(i, now.scale)) {
      const [px, py] = spotOf(now, i);
      const gap = Math.hypot(px - x, py - y) - Math.max(2, people.size[i] * now.dot);
      if (gap < least) {
        least = gap;
        best = i;
      }
    }
  }
  return least <= reach ? best : -1;
};

new ResizeObserver(() => placeCamera(true)).observe(box);
onTransition(() => !state.at && placeCamera(true));
onChange((changed) => changed.has("at") && !isOwn && !changed.has("view") && placeCamera());
