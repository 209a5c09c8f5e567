// People's values in the month shown: today's, or those of an earlier month. Draws nothing.
import { monthWords } from "../lib/dates.js";
import { readTimeline } from "../lib/timeline.js";
import { data, people } from "./page_data.js";
import { onChange, state } from "./view_state.js";

export const timeline = readTimeline(data.timeline, people);
const { now, depthOf, tieOf, warmOf, warmthOf } = timeline;

/** Whether an earlier month is shown. */
export const isPast = () => state.month < now;

const isHollow = (i, month) => {
  const word = warmOf(i, month);
  return word === "dormant" || Number.isNaN(depthOf(i, month)) || (month < now && word === "not known" && warmthOf(i, month) < 0.05);
};
const [least, more, power] = data.dot;
const sizeOf = (depth) => (Number.isNaN(depth) ? least : least + more * depth ** power);
const todaysSize = people.size.slice();

/** The values drawn. Numbers move with `at`; words and order are always those of the month chosen. */
export const monthState = {
  depth: people.depth.slice(),
  warmth: people.warmth.slice(),
  /** 0 for not met yet, 1 for met, between the two while a person appears. */
  there: new Float32Array(people.count).fill(1),
  hollow: Uint8Array.from(people.warm, (_, i) => Number(isHollow(i, now))),
  tie: [...people.tie],
  warm: [...people.warm],
  /** Everyone, deepest first. */
  order: Array.from({ length: people.count }, (_, i) => i),
  /** The month, with a fraction while moving to the next. */
  at: now,
};

/** Set tie, warmth word and order to those of a month. */
const applyLabels = (month) => {
  for (let i = 0; i < people.count; i += 1) {
    monthState.tie[i] = tieOf(i, month);
    monthState.warm[i] = warmOf(i, month);
  }
  const by = Float64Array.from(people.depth, (_, i) => {
    const depth = depthOf(i, month);
    return Number.isNaN(depth) ? -1 : depth;
  });
  monthState.order.sort((one, other) => by[other] - by[one] || one - other);
};

/** Set depth, warmth and size to those of `at`, a month or a moment between two. */
export const applyMonth = (at) => {
  const [before, after] = [Math.floor(at), Math.ceil(at)];
  const share = at - before;
  monthState.at = at;
  for (let i = 0; i < people.count; i += 1) {
    const [from, to] = [depthOf(i, before), depthOf(i, after)];
    const [was, is] = [!Number.isNaN(from), !Number.isNaN(to)];
    monthState.depth[i] = was && is ? from + (to - from) * share : is ? to : from;
    monthState.there[i] = at >= now || (was && is) ? 1 : is || after >= now ? share : was ? 1 - share : 0;
    const [cool, warm] = [warmthOf(i, before), warmthOf(i, after)];
    monthState.warmth[i] = Number.isNaN(cool) ? warm : Number.isNaN(warm) ? cool : cool + (warm - cool) * share;
    monthState.hollow[i] = Number(isHollow(i, share > 0.5 ? after : before));
    people.size[i] = at >= now ? todaysSize[i] : sizeOf(monthState.depth[i]) * (0.4 + 0.6 * monthState.there[i]);
  }
};

onChange((changed) => changed.has("month") && applyLabels(state.month));

/** "May 2024", or "now". */
export const monthName = (month) => (month >= now ? "now" : monthWords(timeline.months[month]));
/** Why a person is not on the picture. */
export const whyHidden = (i, month) => (Number.isNaN(depthOf(i, month)) && month < now ? "not met by then" : "hidden by a filter");
/** The number of people inside each named ring in a month, of those for whom `isCounted(i)` holds. */
export const ringCounts = (month, isCounted) => {
  const counts = data.rings.map(() => 0);
  for (let i = 0; i < people.count; i += 1) {
    const depth = depthOf(i, month);
    if (depth >= data.rings.at(-1)[0] && isCounted(i)) {
      data.rings.forEach(([edge], ring) => {
        counts[ring] += Number(depth >= edge);
      });
    }
  }
  return counts;
};
