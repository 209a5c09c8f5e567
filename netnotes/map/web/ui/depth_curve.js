// The curve of one person's depth through the months: rings as lines, warmth as shade, encounters as ticks below.
import { encounters } from "../state/details.js";
import { monthName, timeline } from "../state/month_state.js";
import { data, depthText } from "../state/page_data.js";
import { onChange, setState, state } from "../state/view_state.js";

const SVG = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT, FOOT] = [300, 76, 12];
/** Days in a month, as the ticks are set. */
const MONTH = 30.44;

const element = (tag, attributes, ...children) => {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
};
const xOf = (month) => (WIDTH * month) / timeline.now;
const yOf = (depth) => HEIGHT - FOOT - (HEIGHT - FOOT - 3) * depth;
const line = (className, x, y, toX, toY, more = {}) =>
  element("line", { class: className, x1: x.toFixed(1), y1: y.toFixed(1), x2: toX.toFixed(1), y2: toY.toFixed(1), ...more });

/** The curve in words, for screen readers. */
const words = (known, i) => {
  const [first, last] = [known[0], known.at(-1)];
  const most = known.reduce((best, month) => (timeline.depthOf(i, month) > timeline.depthOf(i, best) ? month : best));
  const monthText = (month) => `${depthText(timeline.depthOf(i, month))} (${monthName(month)})`;
  return `Depth by month: ${monthText(first)} to ${monthText(last)}, most ${monthText(most)}`;
};

let marker = null;
const mark = () => {
  if (marker) {
    marker.setAttribute("x1", xOf(state.month));
    marker.setAttribute("x2", xOf(state.month));
    marker.style.display = state.month < timeline.now ? "" : "none";
  }
};
/** The curve of one person; null where there is no past to draw. A click shows that month. */
export const depthCurve = (i) => {
  const months = Array.from({ length: timeline.now + 1 }, (_, month) => month);
  const known = months.filter((month) => !Number.isNaN(timeline.depthOf(i, month)));
  if (known.length < 2) {
    return null;
  }
  const steps = known.slice(1).filter((month, place) => known[place] === month - 1);
  marker = line("shown", 0, 0, 0, HEIGHT);
  const ticks = encounters(i).map(({ ago }) => timeline.now - ago / MONTH).filter((month) => month >= 0);
  const svg = element("svg", { class: "curve", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": words(known, i) },
    ...data.rings.map(([depth]) => line(depth === data.deep ? "ring deep" : "ring", 0, yOf(depth), WIDTH, yOf(depth))),
    ...steps.map((month) => line("depth", xOf(month - 1), yOf(timeline.depthOf(i, month - 1)), xOf(month), yOf(timeline.depthOf(i, month)),
      { "stroke-opacity": (0.35 + 0.65 * (timeline.warmthOf(i, month) || 0)).toFixed(2) })),
    ...ticks.map((month) => line("tick", xOf(month), HEIGHT - 7, xOf(month), HEIGHT - 1)), marker);
  svg.addEventListener("click", (event) => {
    const { left, width } = svg.getBoundingClientRect();
    setState({ month: Math.round((timeline.now * (event.clientX - left)) / width) });
  });
  mark();
  return svg;
};
onChange((changed) => changed.has("month") && mark());
