// The slider of months: changes the month shown, plays through the years, and names the month.
import { figures } from "../lib/text.js";
import { applyLabels, applyMonth, isPast, monthName, monthState, timeline } from "../state/month_state.js";
import { data, people } from "../state/page_data.js";
import { onChange, setState, state } from "../state/view_state.js";
import { animate, isStill, redraw, stopAnimation } from "../draw/frame.js";
import { followMonth } from "../draw/transition.js";
import { announce } from "./elements.js";

const bar = document.getElementById("time");
const play = document.getElementById("play");
const slider = document.getElementById("month");
const shownMonth = document.getElementById("monthname");
const head = document.getElementById("asof");
const [earlier, later, speed, loop] = ["earlier", "later", "speed", "loop"].map((id) => document.getElementById(id));
/** Milliseconds for a month while playing, and for the transition to a chosen month. */
const [MONTH, WAY] = [380, 320];
/** Most milliseconds that a frame counts for, so that playing continues where it was after the browser paused. */
const FRAME = 100;
/** How many times as fast it can play. */
const SPEEDS = [0.5, 1, 2, 4];
let pace = 1;
let isLooping = false;
let playing = false;
/** Whether playing, not the reader, is changing the month now. */
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
  if (!isPast() || timeline.months[month].endsWith("-12")) {
    // Announced once a year: every month would be too often.
    announce(isPast() ? `End of ${monthName(month)}: ${countsThen()}` : `Now: ${today}`);
  }
};
const stop = () => {
  playing = false;
  tell();
};
/** Change the moment in each frame: `next(at, passed)` returns it after `passed` milliseconds, null at the end. */
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
/** Move to the chosen month; at once for readers who want no motion. */
const approach = () => {
  const goal = state.month;
  const step = Math.abs(goal - monthState.at) / WAY;
  stopAnimation("months");
  if (isStill() || !step) {
    showMoment(goal);
    return;
  }
  run((at, passed) => {
    const left = goal - at;
    return left === 0 ? null : Math.abs(left) <= step * passed ? goal : at + Math.sign(left) * step * passed;
  });
};
const playOn = () => run((at, passed) => {
  if (!playing) {
    return null;
  }
  if (isLooping && at >= timeline.now) {
    playMonth(0);
    return 0;
  }
  const next = Math.min(timeline.now, at + (pace * passed) / MONTH);
  const month = Math.min(timeline.now, Math.max(state.month, Math.ceil(next)));
  if (month !== state.month) {
    playMonth(month);
  }
  if (next >= timeline.now && !isLooping) {
    stop();
  }
  return next;
});

let jumping = 0;
/** Play without motion: from month to month. */
const jump = () => {
  if (playing) {
    playMonth(isPast() ? state.month + 1 : 0);
    if (!isPast() && !isLooping) {
      stop();
    } else {
      jumping = setTimeout(jump, (1.5 * MONTH) / pace);
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
    jumping = setTimeout(jump, (1.5 * MONTH) / pace);
  } else {
    playOn();
  }
};

/** How many people were met, and how many were deep, at the end of the month shown. */
const countsThen = () => {
  const count = (is) => figures(people.depth.reduce((sum, _, i) => sum + Number(is(i)), 0));
  return `${count((i) => timeline.tieOf(i, state.month) !== "not met")} met, ${count((i) => timeline.depthOf(i, state.month) >= data.deep)} deep`;
};
const tell = () => {
  const month = monthName(state.month);
  slider.value = String(state.month);
  slider.setAttribute("aria-valuetext", isPast() ? `end of ${month}` : "now");
  slider.style.setProperty("--share", `${(100 * state.month) / Math.max(1, timeline.now)}%`);
  shownMonth.textContent = month;
  play.setAttribute("aria-label", playing ? "Pause" : "Play through the months");
  play.title = playing ? "Pause (p)" : "Play through the months (p)";
  play.classList.toggle("playing", playing);
  document.body.classList.toggle("past", isPast());
  speed.textContent = `${pace}×`.replace("0.5", "½");
  speed.setAttribute("aria-label", `Speed ${pace}`);
  earlier.disabled = state.month === 0;
  later.disabled = !isPast();
  head.textContent = isPast() ? `${countsThen()} · ${month}` : today;
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
/** Show the slider if the page has earlier months. */
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
  // If playing stopped between two months, the chosen month may already be the current one.
  approach();
});
slider.addEventListener("keydown", (event) => {
  if ((event.key === " " || event.key === "p") && !event.ctrlKey && !event.metaKey && !event.altKey) {
    togglePlaying();
    event.preventDefault();
  }
});
play.addEventListener("click", togglePlaying);
const stepBy = (months) => {
  playing = false;
  setState({ month: Math.min(timeline.now, Math.max(0, state.month + months)) });
  announce(head.textContent);
};
earlier.addEventListener("click", () => stepBy(-1));
later.addEventListener("click", () => stepBy(1));
speed.addEventListener("click", () => {
  pace = SPEEDS[(SPEEDS.indexOf(pace) + 1) % SPEEDS.length];
  tell();
});
loop.addEventListener("click", () => {
  isLooping = !isLooping;
  loop.setAttribute("aria-pressed", String(isLooping));
});
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
