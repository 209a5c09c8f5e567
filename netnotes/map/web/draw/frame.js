// The canvas, and when it is painted: one loop for all animations, none while nothing moves.
export const box = document.getElementById("picture");
export const canvas = document.createElement("canvas");
canvas.setAttribute("aria-hidden", "true");
// Every frame fills the whole background, so that no transparency is needed.
const ctx = canvas.getContext("2d", { alpha: false });
box.append(canvas);

/** CSS pixels beyond each side of the picture that are painted too while it is panned: see panning.js. */
export const EDGE = 160;
const still = matchMedia("(prefers-reduced-motion: reduce)");
/** Whether the reader wants no motion. */
export const isStill = () => still.matches;

let paint = null;
let asked = 0;
let version = 0;
const animations = new Map();
const waiting = [];

const resize = () => {
  const ratio = devicePixelRatio || 1;
  const [width, height] = [Math.round(box.clientWidth * ratio), Math.round(box.clientHeight * ratio)];
  if (canvas.width !== width || canvas.height !== height) {
    [canvas.width, canvas.height] = [width, height];
  }
};
const run = (moment) => {
  asked = 0;
  for (const [name, step] of animations) {
    if (!step(moment) && animations.get(name) === step) {
      animations.delete(name);
    }
  }
  resize();
  paint?.(ctx, canvas.width / Math.max(1, box.clientWidth));
  waiting.splice(0).forEach((done) => done());
  if (animations.size) {
    redraw();
  }
};

/** Paint the picture again in the next frame. */
export const redraw = () => {
  asked ||= requestAnimationFrame(run);
};
/** Paint the first picture at once. */
export const paintNow = () => {
  cancelAnimationFrame(asked);
  run(performance.now());
};
/** Call `step(moment)` before each frame until it returns false; another animation with this name replaces it. */
export const animate = (name, step) => {
  animations.set(name, step);
  redraw();
};
export const stopAnimation = (name) => animations.delete(name);
/** Whether an animation with that name is running. */
export const isAnimating = (name) => animations.has(name);
/** Whether any animation is running. */
export const isAnimated = () => animations.size > 0;
/** Whether no animation is running and no frame is due. */
export const isResting = () => !animations.size && !asked;
/** Let `painter(ctx, ratio)` paint every frame; `ratio` is the number of pixels per CSS pixel. */
export const paintWith = (painter) => (paint = painter);
/** Resolve when the next frame is painted. */
export const painted = () => new Promise((done) => {
  waiting.push(done);
  redraw();
});

let stale = true;
/** Report that people changed, so that names are placed again; if they `moved`, nothing drawn before can be reused. */
export const invalidate = (moved = true) => {
  stale = true;
  version += Number(moved);
};
/** A number that grows whenever someone is moved, hidden or shown. */
export const drawnVersion = () => version;
export const areNamesStale = () => stale;
export const namesPlaced = () => (stale = false);
