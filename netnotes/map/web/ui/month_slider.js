// The slider of months: moves the moment shown, plays through the years, says which month it is. Draws nobody.
import { figures } from "../lib/text.js";
import { applyLabels, applyMonth, isPast, monthName, monthState, timeline } from "../state/month_state.js";
import { data, people } from "../state/page_data.js";
import { onChange, setState, state } from "../state/view_state.js";
import { animate, isStill, redraw, stopAnimation } from "../draw/frame.js";
import { followMonth } from "../draw/transition.js";

const bar = document.getElementById("time");
const play = document.getElementById("play");
const slider = document.getElementById("month");
const said = document.getElementById("monthsaid");
const head = document.getElementById("asof");
/** Milliseconds of a month while playing, and of the way to a month chosen. */
const [MONTH, WAY] = [380, 320];
/** Most milliseconds that a frame counts for: after a pause of the browser the picture goes on where it was. */
const FRAME = 100;
let playing = false;
/** Whether playing, and not the reader, changes the month now. */
let isPlayed = false;
let today = "";

export const isPlaying = () => playing;

/** Show a moment: a month, or between two. */
const showMoment = (at) => {
  applyMonth(at);
  followMonth();
  redraw();
};
const playMonth = (month) => {
  isPlayed = true;
  setState({ month });
  isPlayed = false;
};
const stop = () => {
  playing = false;
  tell();
};
/** Move the moment with each frame: `next(at, passed)` returns where it is after so many milliseconds, null at the end. */
const run = (next) => {
  let before = null;
  animate("months", (moment) => {
    const passed = Math.max(0, Math.min(FRAME, moment - (before ?? moment)));
    before = moment;
    const at = next(monthState.at, passed);
    if (at !== null) {
      showMoment(at);
    }
    return at !== null;
  });
};
/** Go to the month chosen; at once for readers who want no motion. */
const approach = () => {
  const goal = state.month;
  const pace = Math.abs(goal - monthState.at) / WAY;
  stopAnimation("months");
  if (isStill() || !pace) {
    showMoment(goal);
    return;
  }
  run((at, passed) => {
    const left = goal - at;
    return left === 0 ? null : Math.abs(left) <= pace * passed ? goal : at + Math.sign(left) * pace * passed;
  });
};
const playOn = () => run((at, passed) => {
  if (!playing) {
    return null;
  }
  const next = Math.min(timeline.now, at + passed / MONTH);
  const month = Math.min(timeline.now, Math.max(state.month, Math.ceil(next)));
  if (month !== state.month) {
    playMonth(month);
  }
  if (next >= timeline.now) {
    stop();
  }
  return next;
});

let jumping = 0;
/** Play without motion: from month to month. */
const jump = () => {
  if (playing) {
    playMonth(Math.min(timeline.now, state.month + 1));
    if (state.month >= timeline.now) {
      stop();
    } else {
      jumping = setTimeout(jump, 1.5 * MONTH);
    }
  }
};
/** Play through the months, from the first if now is shown; or stop. */
export const togglePlaying = () => {
  if (!timeline.now) {
    return;
  }
  if (playing) {
    clearTimeout(jumping);
    stop();
    setState({ month: Math.min(timeline.now, Math.round(monthState.at)) });
    approach();
    return;
  }
  if (!isPast()) {
    setState({ month: 0 });
    showMoment(0);
  }
  playing = true;
  tell();
  stopAnimation("months");
  if (isStill()) {
    jumping = setTimeout(jump, 1.5 * MONTH);
  } else {
    playOn();
  }
};

const tell = () => {
  const month = monthName(state.month);
  slider.value = String(state.month);
  slider.setAttribute("aria-valuetext", isPast() ? `end of ${month}` : "now");
  slider.style.setProperty("--share", `${(100 * state.month) / Math.max(1, timeline.now)}%`);
  said.textContent = month;
  play.setAttribute("aria-label", playing ? "Pause" : "Play through the months");
  play.title = playing ? "Pause (p)" : "Play through the months (p)";
  play.classList.toggle("playing", playing);
  document.body.classList.toggle("past", isPast());
  if (!isPast()) {
    head.textContent = today;
    return;
  }
  const met = people.depth.reduce((sum, _, i) => sum + Number(timeline.tieOf(i, state.month) !== "not met"), 0);
  const deep = people.depth.reduce((sum, _, i) => sum + Number(timeline.depthOf(i, state.month) >= data.deep), 0);
  head.textContent = `${figures(met)} met, ${figures(deep)} deep · ${month}`;
};

const years = () => {
  const row = document.getElementById("years");
  const ends = timeline.months.map((month, at) => [month, at]).filter(([month, at]) => month.endsWith("-12") && at < timeline.now);
  const every = ends.length > 6 ? 2 : 1;
  for (const [month, at] of ends.filter((_, place) => (ends.length - 1 - place) % every === 0)) {
    const mark = document.createElement("span");
    mark.textContent = String(Number(month.slice(0, 4)) + 1);
    mark.style.left = `${(100 * at) / timeline.now}%`;
    row.append(mark);
  }
};
/** Put the slider on the page, where there is a past to show. */
export const buildSlider = () => {
  today = head.textContent;
  if (timeline.now) {
    slider.max = String(timeline.now);
    years();
    bar.hidden = false;
    applyMonth(state.month);
    tell();
  }
};

slider.addEventListener("input", () => {
  playing = false;
  setState({ month: Number(slider.value) });
  // Where playing was between two months, the month may be the one chosen already.
  approach();
});
slider.addEventListener("keydown", (event) => {
  if ((event.key === " " || event.key === "p") && !event.ctrlKey && !event.metaKey && !event.altKey) {
    togglePlaying();
    event.preventDefault();
  }
});
play.addEventListener("click", togglePlaying);
onChange((changed) => {
  if (changed.has("month") && timeline.now) {
    if (isPlayed && isStill()) {
      showMoment(state.month);
    } else if (!isPlayed) {
      playing = false;
      approach();
    }
    tell();
  }
});
