// The way to somebody, step by step: asked for in the panel, listed there, and drawn across the picture.
"use strict";

(() => {
  const { told, people, state, set, listen, ways, ME, isLeftAlone, ink, make, name, suggesting, spotOf, TAU } = netnotes;
  const said = document.getElementById("said");
  const section = make("section", { id: "doors", "aria-label": "Ways to this person" });
  let found = [];

  // Notes have no ties of mine to begin with.
  const isAsked = () => told.kind !== "notes" && state.chosen >= 0 && state.to !== null && state.to !== state.chosen;
  const search = () => {
    found = isAsked() ? ways(state.to === ME ? ME : state.chosen, state.to === ME ? state.chosen : state.to) : [];
  };
  /** The way drawn; null for none. */
  const drawnWay = () => found[Math.min(state.way, found.length - 1)] ?? null;
  const called = (i, me = "you") => (i === ME ? make("span", {}, me) : name(people.name[i]));
  const plain = (i) => (i === ME ? "you" : people.name[i]);
  const two = (value) => (value < 0.005 ? "under 0.01" : value.toFixed(2));

  const KINDS = {
    mine: (strength) => (strength >= told.deep ? "deep" : "shallow"),
    scored: (strength) => (strength >= told.deep ? "deep" : "shallow"),
    counted: () => "by how often they met",
    noted: () => "noted, never seen together",
  };
  /** One step in words. */
  const worth = (step) => `${two(step.strength)} ${KINDS[step.kind](step.strength)}`;

  const steps = (way) => make("ol", { className: "way" },
    make("li", { className: "stop" }, called(way.people[0])),
    ...way.steps.flatMap((step, at) => {
      const weak = way.steps.length > 1 && at === way.weakest;
      const tie = make("li", { className: weak ? "leg weak" : "leg" },
        make("span", {}, worth(step)), weak ? make("strong", {}, "the weakest step") : null);
      tie.style.setProperty("--thick", `${(1.5 + 4 * step.strength).toFixed(1)}px`);
      const stop = step.to === ME ? called(ME) : make("button", {
        type: "button", className: "bare", onclick: () => netnotes.choose(step.to, { look: true }),
      }, called(step.to));
      return [tie, make("li", { className: "stop" }, at === way.steps.length - 1 && step.to === state.chosen ? called(step.to) : stop)];
    }));

  const words = (way) => (way.steps.length === 1 ? "straight" : `by way of ${way.people.slice(1, -1).map(plain).join(", ")}`);
  const others = () => found.map((way, at) => make("button", {
    type: "button", className: "switch", "aria-pressed": String(way === drawnWay()), onclick: () => set({ way: at }),
  }, make("bdi", {}, words(way)), make("span", { className: "soft" }, two(way.strength))));

  const answer = () => {
    const goal = state.to === ME ? state.chosen : state.to;
    const way = drawnWay();
    if (!way) {
      const alone = [state.chosen, goal].find((i) => i >= 0 && isLeftAlone(i));
      return [make("p", {}, ...(alone === undefined
        ? ["No way leads to ", called(goal), ": nobody in your notes was ever seen with them."]
        : [called(alone), " asked to be left alone: the note says ", make("code", {}, "netnotes: ignore"), "."]))];
    }
    const straight = found.find((one) => one.steps.length === 1);
    const advice = state.to === ME && straight && found[0] !== straight
      ? make("p", { className: "soft" }, `Straight from you the tie is ${two(straight.strength)}: ask `, called(found[0].people[1]), " first.") : null;
    return [
      found.length > 1 ? make("div", { className: "switches", role: "group", "aria-label": "Ways" }, ...others()) : null,
      steps(way),
      way.steps.length > 1 ? make("p", { className: "soft" }, `All steps together ${two(way.strength)}: their strengths multiplied.`) : null,
      advice,
      told.tiesScored ? null : make("p", { className: "soft" },
        "Depths between others are not in this page: how often they met stands for them."),
    ];
  };

  const field = () => {
    const list = make("ul", { id: "goals", role: "listbox", "aria-label": "People found", hidden: true });
    const input = make("input", {
      id: "goal", type: "text", role: "combobox", autocomplete: "off", placeholder: "to somebody else…",
      "aria-label": "Way to somebody else, by name", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "goals",
    });
    input.spellcheck = false;
    suggesting(input, list, {
      pick: (i) => ask(i), type: () => {}, except: [state.chosen],
      taken: () => section.querySelector("#goal")?.focus(), leave: () => document.getElementById("picture").focus(),
    });
    return make("div", { className: "search" }, input, list);
  };

  const fill = () => {
    const isMine = state.to === ME;
    const toOther = state.to !== null && !isMine && isAsked();
    section.replaceChildren(
      make("h3", {}, "The way there"),
      make("div", { className: "asking" },
        make("button", {
          type: "button", className: "switch", "aria-pressed": String(isMine), title: "The way from you (d)",
          onclick: () => ask(isMine ? null : ME),
        }, "from you"),
        toOther ? make("button", {
          type: "button", className: "switch", "aria-pressed": "true", title: "Not to this person", onclick: () => ask(null),
        }, "to ", called(state.to), " ×") : null,
        field()),
      ...(isAsked() ? answer() : []).filter(Boolean));
  };

  /** Ask for the way from the person chosen to another, from me (`ME`), or for none (null). */
  const ask = (to) => {
    set({ to, way: 0 });
    if (to !== null) {
      const way = drawnWay();
      said.textContent = way
        ? `${way.people.map(plain).join(", then ")}. Weakest step ${two(way.steps[way.weakest].strength)}.` : "No way leads there.";
    }
  };
  /** `d`: from me first, then to somebody to be named. */
  const askByKey = () => {
    if (state.chosen < 0) {
      said.textContent = "Choose somebody first.";
    } else if (state.to === null) {
      ask(ME);
    } else {
      section.querySelector("#goal").focus();
    }
  };

  /** Where I stand on a way: in the middle of the rings; in the network, where I am not, beside my neighbours on it. */
  const mySpot = (now, way) => {
    if (!netnotes.isNetwork()) {
      return [now.x, now.y];
    }
    const beside = way.steps.flatMap(({ from, to }) => (from === ME ? [to] : to === ME ? [from] : []));
    const [[x, y], [toX, toY]] = [spotOf(now, beside[0]), spotOf(now, beside.at(-1))];
    if (beside.length > 1) {
      return [(x + toX) / 2, (y + toY) / 2];
    }
    const far = Math.hypot(x - now.width / 2, y - now.height / 2) || 1;
    return [x + ((now.width / 2 - x) / far) * 64, y + ((now.height / 2 - y) / far) * 64];
  };

  /** Draw the way, beneath the dots: the weakest step broken and named. */
  const drawWay = (ctx, now) => {
    const way = drawnWay();
    if (!way) {
      return;
    }
    const place = (i) => (i === ME ? mySpot(now, way) : spotOf(now, i));
    for (const [at, step] of way.steps.entries()) {
      const [[x, y], [toX, toY]] = [place(step.from), place(step.to)];
      const weak = way.steps.length > 1 && at === way.weakest;
      for (const [colour, extra] of [[ink.glow, 4], [ink.accent, 0]]) {
        ctx.strokeStyle = colour;
        ctx.lineWidth = 2 + 4 * step.strength + extra;
        ctx.setLineDash(weak && !extra ? [7, 6] : []);
        ctx.beginPath();
        ctx.moveTo(x, y);
        ctx.lineTo(toX, toY);
        ctx.stroke();
      }
      ctx.setLineDash([]);
    }
  };
  /** Mark who is on the way, and what each step is worth, above the dots. */
  const markWay = (ctx, now) => {
    const way = drawnWay();
    if (!way) {
      return;
    }
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    for (const i of way.people) {
      if (i !== ME) {
        const [x, y] = spotOf(now, i);
        ctx.beginPath();
        ctx.arc(x, y, Math.max(2, people.size[i] * now.dot) + 3.5, 0, TAU);
        ctx.strokeStyle = ink.accent;
        ctx.lineWidth = 2;
        ctx.stroke();
      } else if (netnotes.isNetwork()) {
        const [x, y] = mySpot(now, way);
        ctx.beginPath();
        ctx.arc(x, y, 11, 0, TAU);
        ctx.fillStyle = ink.ink;
        ctx.fill();
        ctx.font = `600 9.5px ${ink["text-font"]}`;
        ctx.fillStyle = ink.glow;
        ctx.fillText("me", x, y + 0.5);
      }
    }
    for (const { text, weak, font, box: [left, top, right, bottom] } of plates(ctx, now, way)) {
      ctx.font = font;
      ctx.fillStyle = weak ? ink.accent : ink.glow;
      ctx.strokeStyle = ink.accent;
      ctx.lineWidth = 1;
      ctx.beginPath();
      ctx.roundRect(left, top, right - left, bottom - top, 9);
      ctx.fill();
      ctx.stroke();
      ctx.fillStyle = weak ? ink.glow : ink.ink;
      ctx.fillText(text, (left + right) / 2, (top + bottom) / 2 + 0.5);
    }
  };
  /** Shares of a step at which its plate may lie, the first that is free: steps can run beside each other. */
  const ALONG = [0.5, 0.36, 0.64, 0.22, 0.78];
  const isOver = (one, other) => one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
  /** What is written on the steps, on those long enough: {text, weak, font, box}. */
  const plates = (ctx, now, way) => {
    const found = [];
    // The weakest first: whatever has no room, that is said.
    const order = [way.weakest, ...way.steps.keys()].filter((at, place) => place === 0 || at !== way.weakest);
    for (const at of order) {
      const step = way.steps[at];
      const [[x, y], [toX, toY]] = [step.from, step.to].map((i) => (i === ME ? mySpot(now, way) : spotOf(now, i)));
      const weak = way.steps.length > 1 && at === way.weakest;
      const length = Math.hypot(toX - x, toY - y);
      if (length < 36) {
        continue;
      }
      const font = `${weak ? 600 : 500} 11.5px ${ink["text-font"]}`;
      // The word as well where it leaves enough of the step to be seen.
      const text = weak && length > 130 ? `weakest ${two(step.strength)}` : two(step.strength);
      ctx.font = font;
      const half = ctx.measureText(text).width / 2 + 6;
      const boxes = ALONG.map((share) => [x + (toX - x) * share, y + (toY - y) * share])
        .map(([midX, midY]) => [midX - half, midY - 9, midX + half, midY + 9]);
      const box = boxes.find((one) => !found.some((other) => isOver(one, other.box)));
      if (box) {
        found.push({ text, weak, font, box });
      }
    }
    return found;
  };
  const plateBoxes = (ctx, now) => (drawnWay() ? plates(ctx, now, drawnWay()).map(({ box }) => box) : []);

  listen((changed) => {
    if (["chosen", "to", "way"].some((key) => changed.has(key))) {
      search();
      if (state.chosen >= 0) {
        fill();
      }
      netnotes.stir();
      netnotes.redraw();
    }
  });

  netnotes.overlay(drawWay);
  netnotes.overlay(markWay, { over: true });
  netnotes.reserve(plateBoxes);

  Object.assign(netnotes, { doorSection: section, drawnWay, drawWay, markWay, plateBoxes, ask, askByKey, foundWays: () => found });
})();
