// The way to somebody, step by step: asked for in the panel, listed there, and drawn across the picture.
"use strict";

(() => {
  const { told, people, state, set, listen, ways, ME, isLeftAlone, ink, make, name, suggesting, spotOf, TAU } = netnotes;
  const said = document.getElementById("said");
  const section = make("section", { id: "doors", "aria-label": "Ways to this person" });
  let found = [];

  const isAsked = () => state.chosen >= 0 && state.to !== null && state.to !== state.chosen;
  const search = () => {
    found = isAsked() ? ways(state.to === ME ? ME : state.chosen, state.to === ME ? state.chosen : state.to) : [];
  };
  /** The way drawn; null for none. */
  const drawnWay = () => found[Math.min(state.way, found.length - 1)] ?? null;
  const called = (i, me = "you") => (i === ME ? make("span", {}, me) : name(people.name[i]));
  const plain = (i) => (i === ME ? "you" : people.name[i]);
  const two = (value) => value.toFixed(2);

  const KINDS = {
    mine: (strength) => (strength >= told.deep ? "deep" : "shallow"),
    scored: (strength) => (strength >= told.deep ? "deep" : "shallow"),
    counted: () => "by how often they met",
    noted: () => "noted, never seen together",
  };
  /** One step in words. */
  const told1 = (step) => `${two(step.strength)} ${KINDS[step.kind](step.strength)}`;

  const steps = (way) => make("ol", { className: "way" },
    make("li", { className: "stop" }, called(way.people[0])),
    ...way.steps.flatMap((step, at) => {
      const weak = way.steps.length > 1 && at === way.weakest;
      const tie = make("li", { className: weak ? "leg weak" : "leg" },
        make("span", {}, told1(step)), weak ? make("strong", {}, "the weakest step") : null);
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
      id: "goal", type: "text", role: "combobox", autocomplete: "off", spellcheck: false, placeholder: "to somebody else…",
      "aria-label": "Way to somebody else, by name", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "goals",
    });
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

  /** Draw the way, beneath the dots: the weakest step broken and named. */
  const drawWay = (ctx, now) => {
    const way = drawnWay();
    if (!way) {
      return;
    }
    const place = (i) => (i === ME ? netnotes.mySpot(now) : spotOf(now, i));
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
    for (const [at, step] of way.steps.entries()) {
      const [[x, y], [toX, toY]] = [step.from, step.to].map((i) => (i === ME ? netnotes.mySpot(now) : spotOf(now, i)));
      const weak = way.steps.length > 1 && at === way.weakest;
      ctx.beginPath();
      if (step.to !== ME) {
        ctx.arc(toX, toY, Math.max(2, people.size[step.to] * now.dot) + 3.5, 0, TAU);
        ctx.strokeStyle = ink.accent;
        ctx.lineWidth = 2;
        ctx.stroke();
      }
      if (Math.hypot(toX - x, toY - y) > 36) {
        const text = weak ? `weakest ${two(step.strength)}` : two(step.strength);
        const [midX, midY] = [(x + toX) / 2, (y + toY) / 2];
        ctx.font = `${weak ? 600 : 500} 11.5px ${ink["text-font"]}`;
        const half = ctx.measureText(text).width / 2 + 6;
        ctx.fillStyle = weak ? ink.accent : ink.glow;
        ctx.strokeStyle = ink.accent;
        ctx.lineWidth = 1;
        ctx.beginPath();
        ctx.roundRect(midX - half, midY - 9, 2 * half, 18, 9);
        ctx.fill();
        ctx.stroke();
        ctx.fillStyle = weak ? ink.glow : ink.ink;
        ctx.fillText(text, midX, midY + 0.5);
      }
    }
  };

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

  Object.assign(netnotes, { doorSection: section, drawnWay, drawWay, markWay, ask, askByKey, foundWays: () => found });
})();
