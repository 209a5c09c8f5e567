// The slider of months: moves the moment shown, plays through the years, says which month it is. Draws nobody.
"use strict";

(() => {
  const { people, past, state, set, listen, look, word, monthName, isStill, told } = netnotes;
  const bar = document.getElementById("time");
  const play = document.getElementById("play");
  const slider = document.getElementById("month");
  const said = document.getElementById("monthsaid");
  const head = document.getElementById("asof");
  const figures = new Intl.NumberFormat("en-GB");
  /** Milliseconds of a month while playing, and of the way to a month chosen. */
  const [MONTH, WAY] = [380, 320];
  let playing = false;
  let goal = past.now;
  let pace = 0;
  let before = 0;
  let asked = 0;
  let today = "";

  const isPast = () => state.month < past.now;

  /** Let the picture be that of a moment: a month, or between two. */
  const stand = (at) => {
    look(at);
    netnotes.follow();
    netnotes.redraw();
  };
  const stop = () => {
    playing = false;
    // Where playing ends is where the picture stays: an older goal would lead it away again.
    goal = state.month;
    tell();
  };
  const step = (moment) => {
    const passed = Math.max(0, Math.min(100, moment - before));
    before = moment;
    asked = 0;
    let at = netnotes.standing.at;
    if (playing) {
      at = Math.min(past.now, at + passed / MONTH);
      const next = Math.min(past.now, Math.max(state.month, Math.ceil(at)));
      if (next !== state.month) {
        set({ month: next });
      }
      if (at >= past.now) {
        stop();
      }
    } else {
      const left = goal - at;
      at = Math.abs(left) <= pace * passed ? goal : at + Math.sign(left) * pace * passed;
    }
    stand(at);
    if (playing || at !== goal) {
      ask();
    }
  };
  const ask = () => {
    if (!asked) {
      asked = requestAnimationFrame(step);
    }
  };

  let jumping = 0;
  const jump = () => {
    if (playing) {
      set({ month: Math.min(past.now, state.month + 1) });
      if (state.month >= past.now) {
        stop();
      } else {
        jumping = setTimeout(jump, 1.5 * MONTH);
      }
    }
  };
  /** Play through the months, from the first if now is shown; or stop. */
  const toggle = () => {
    if (!past.now) {
      return;
    }
    if (playing) {
      clearTimeout(jumping);
      set({ month: Math.min(past.now, Math.round(netnotes.standing.at)) });
      stop();
      approach();
      return;
    }
    if (!isPast()) {
      set({ month: 0 });
      stand(0);
    }
    playing = true;
    tell();
    if (isStill()) {
      jumping = setTimeout(jump, 1.5 * MONTH);
    } else {
      before = performance.now();
      ask();
    }
  };

  /** Go to the month chosen: at once for whoever wants no motion. */
  const approach = () => {
    goal = state.month;
    pace = Math.abs(goal - netnotes.standing.at) / WAY;
    if (isStill()) {
      stand(goal);
    } else if (pace) {
      before = performance.now();
      ask();
    }
  };

  const tell = () => {
    const month = monthName(state.month);
    slider.value = String(state.month);
    slider.setAttribute("aria-valuetext", isPast() ? `end of ${month}` : "now");
    slider.style.setProperty("--share", `${(100 * state.month) / Math.max(1, past.now)}%`);
    said.textContent = month;
    play.setAttribute("aria-label", playing ? "Pause" : "Play through the months");
    play.title = playing ? "Pause (p)" : "Play through the months (p)";
    play.classList.toggle("playing", playing);
    document.body.classList.toggle("past", isPast());
    if (!isPast()) {
      head.textContent = today;
      return;
    }
    const met = people.depth.reduce((sum, _, i) => sum + Number(past.tieOf(i, state.month) !== "not met"), 0);
    const deep = people.depth.reduce((sum, _, i) => sum + Number(past.depthOf(i, state.month) >= told.deep), 0);
    head.textContent = `${figures.format(met)} met, ${figures.format(deep)} deep · ${month}`;
  };

  const years = () => {
    const row = document.getElementById("years");
    const ends = past.months.map((month, at) => [month, at]).filter(([month, at]) => month.endsWith("-12") && at < past.now);
    const every = ends.length > 6 ? 2 : 1;
    for (const [month, at] of ends.filter((_, place) => (ends.length - 1 - place) % every === 0)) {
      const mark = document.createElement("span");
      mark.textContent = String(Number(month.slice(0, 4)) + 1);
      mark.style.left = `${(100 * at) / past.now}%`;
      row.append(mark);
    }
  };
  /** Put the slider on the page, where there is a past to show. */
  const buildTime = () => {
    today = head.textContent;
    if (past.now) {
      slider.max = String(past.now);
      years();
      bar.hidden = false;
      word(state.month);
      look(state.month);
      goal = state.month;
      tell();
    }
  };

  slider.addEventListener("input", () => {
    playing = false;
    set({ month: Number(slider.value) });
  });
  slider.addEventListener("keydown", (event) => {
    if ((event.key === " " || event.key === "p") && !event.ctrlKey && !event.metaKey && !event.altKey) {
      toggle();
      event.preventDefault();
    }
  });
  play.addEventListener("click", toggle);
  // First of all who listen: the others ask how people stand in the month.
  listen((changed) => {
    if (changed.has("month") && past.now) {
      word(state.month);
      if (!playing) {
        approach();
      } else if (isStill()) {
        goal = state.month;
        stand(goal);
      }
      tell();
    }
  });

  Object.assign(netnotes, { play: toggle, isPlaying: () => playing, isDrifting: () => asked > 0, isPast, buildTime });
})();
