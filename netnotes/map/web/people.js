// Draws people: dots, lines to the deep ones, the ties of the person chosen or pointed at, and names. Keeps the frame.
"use strict";

(() => {
  const {
    told, people, near, tieLook, state, listen, ink, onTheme, network, box, canvas, drawn, grouping, view, ground,
    drawMe, within, place, TAU, isStill,
  } = netnotes;
  const visible = new Uint8Array(people.count).fill(1);
  const isShown = (i) => visible[i] === 1;
  let shown = [];
  let byColour = [];
  let counts = [];
  let names = [];
  let stale = true;
  let namedAt = "";

  const hasStyledLines = people.width.some((width) => width >= 0);
  const isDormant = Uint8Array.from(people.warm, (warm, i) =>
    Number(warm === "dormant" || Number.isNaN(people.depth[i])));
  /** Radius below which a dot is drawn as a square: less than two pixels of the screen. */
  let tiny = 0;

  /** Sort those shown for drawing: same colours together, since changing a colour costs more than a dot. */
  const sort = () => {
    shown = [];
    const last = drawn();
    for (let i = 0; i < last; i += 1) {
      if (visible[i]) {
        shown.push(i);
      }
    }
    const colours = new Map();
    for (const i of shown) {
      const colour = ink.person[i];
      if (!colours.has(colour)) {
        colours.set(colour, []);
      }
      colours.get(colour).push(i);
    }
    byColour = [...colours];
    counts = within(isShown);
    stale = true;
  };

  let matches = [];
  /** The person in the light and who is tied to that person; `lit`: those to be seen, null for all alike. */
  const light = () => {
    const one = state.pointed >= 0 ? state.pointed : state.chosen;
    if (one >= 0) {
      const others = near[one].filter(([other]) => visible[other] && other < drawn());
      return { one, others, lit: new Set([one, ...others.map(([other]) => other)]) };
    }
    return { one, others: [], lit: matches.length ? new Set(matches) : null };
  };

  const spot = (now, i) => [now.x + people.x[i] * now.scale, now.y + people.y[i] * now.scale];

  /** Lines from me to the deep: hands held. One to anybody else only where a styler or the reader asks for it. */
  const hands = (ctx, now, bright) => {
    for (const i of shown) {
      const isDeep = people.depth[i] >= told.deep;
      if (isDeep || people.width[i] >= 0) {
        hand(ctx, now, i, !bright.lit || bright.one === i ? 1 : 0.35);
      } else if (!hasStyledLines) {
        break;
      }
    }
    if (bright.one >= 0 && visible[bright.one] && !(people.depth[bright.one] >= told.deep)) {
      hand(ctx, now, bright.one, 1.6);
    }
    ctx.globalAlpha = 1;
  };
  const hand = (ctx, now, i, strength) => {
    const depth = Math.max(0, (people.depth[i] - told.deep) / (1 - told.deep)) || 0;
    const width = people.width[i] >= 0 ? people.width[i] : Math.max(0.8, (1 + 5 * depth) * Math.min(1.2, now.dot / 0.45));
    if (width > 0) {
      ctx.strokeStyle = ink.person[i];
      ctx.globalAlpha = (0.22 + 0.33 * depth) * strength;
      ctx.lineWidth = width;
      ctx.beginPath();
      ctx.moveTo(now.x, now.y);
      ctx.lineTo(...spot(now, i));
      ctx.stroke();
    }
  };

  const ties = (ctx, now, bright) => {
    if (bright.one < 0) {
      return;
    }
    const [x, y] = spot(now, bright.one);
    // Depth between the two in hundredths, or how often they met: a few times is much.
    const much = told.tiesScored ? 60 : 8;
    for (const [other, strength] of bright.others) {
      const [toX, toY] = spot(now, other);
      const look = tieLook(bright.one, other);
      const share = Math.min(1, strength / much);
      ctx.strokeStyle = look?.color ? netnotes.legible(look.color, netnotes.isDark()) : ink.ink;
      ctx.globalAlpha = 0.3 + 0.4 * share;
      ctx.lineWidth = look?.width ?? 0.9 + 2 * share;
      ctx.beginPath();
      ctx.moveTo(x, y);
      ctx.quadraticCurveTo((x + toX) * 0.5 * 0.72 + now.x * 0.28, (y + toY) * 0.5 * 0.72 + now.y * 0.28, toX, toY);
      ctx.stroke();
    }
    ctx.globalAlpha = 1;
  };

  const dots = (ctx, now, bright) => {
    const { lit } = bright;
    const dim = state.pointed >= 0 ? 0.25 : 0.4;
    const left = -30, right = now.width + 30, bottom = now.height + 30;
    for (const [colour, members] of byColour) {
      ctx.fillStyle = colour;
      ctx.strokeStyle = colour;
      for (const i of members) {
        const x = now.x + people.x[i] * now.scale;
        const y = now.y + people.y[i] * now.scale;
        if (x < left || y < left || x > right || y > bottom) {
          continue;
        }
        const radius = Math.max(1.1, people.size[i] * now.dot);
        dot(ctx, i, x, y, radius, lit && !lit.has(i) ? dim : 1);
      }
    }
    ctx.globalAlpha = 1;
  };

  const dot = (ctx, i, x, y, radius, strength) => {
    const warmth = Number.isNaN(people.warmth[i]) ? 0.5 : people.warmth[i];
    const hollow = isDormant[i] === 1;
    if (radius < tiny) {
      // Of two or three pixels nobody sees whether they are round or hollow; a square costs a fraction of a circle.
      const side = radius * 1.78;
      ctx.globalAlpha = strength * (hollow ? 0.42 : 0.4 + 0.6 * warmth);
      ctx.fillRect(x - side / 2, y - side / 2, side, side);
      return;
    }
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, TAU);
    if (!hollow) {
      ctx.globalAlpha = strength * (0.28 + 0.72 * warmth);
      ctx.fill();
    }
    if (hollow || radius > 2.4) {
      ctx.globalAlpha = strength;
      ctx.lineWidth = radius > 5 ? 1.6 : 1;
      ctx.stroke();
    }
  };

  /** Rings round the person chosen and the one pointed at. */
  const marks = (ctx, now) => {
    for (const i of new Set([state.chosen, state.pointed])) {
      if (i >= 0 && visible[i] && i < drawn()) {
        const [x, y] = spot(now, i);
        ctx.beginPath();
        ctx.arc(x, y, Math.max(1.1, people.size[i] * now.dot) + 4, 0, TAU);
        ctx.strokeStyle = i === state.chosen ? ink.accent : ink.ink;
        ctx.lineWidth = i === state.chosen ? 2.5 : 1.2;
        ctx.stroke();
      }
    }
  };

  /** Rectangles that names keep clear of: me; the rings' names, if they can (1); the rim. */
  const blocks = (now) => {
    const radius = Math.max(9, Math.min(26, 34 * now.dot)) + 2;
    const radii = grouping().radii;
    const half = Math.min(told.aisle * now.scale, 38);
    const found = [[now.x - radius, now.y - radius, now.x + radius, now.y + radius]];
    for (let ring = 1; ring <= told.rings.length; ring += 1) {
      const top = now.y - radii[ring] * now.scale;
      found.push([now.x - half, top - 10, now.x + half, top + 22, 1]);
    }
    if (grouping().names.length > 1) {
      // The rim, with the sectors' names outside it.
      const rim = radii.at(-1) * now.scale + 16;
      const steps = Math.min(1200, Math.ceil((TAU * rim) / 8));
      for (let step = 0; step < steps; step += 1) {
        const x = now.x + Math.sin((step / steps) * TAU) * rim;
        const y = now.y - Math.cos((step / steps) * TAU) * rim;
        found.push([x - 9, y - 9, x + 9, y + 9]);
      }
    }
    return found;
  };

  const rename = (ctx, now, bright) => {
    const key = [now.scale, now.x, now.y, now.width, now.height, bright.one].join(" ");
    if (!stale && (key === namedAt || (moving && people.count > 1500))) {
      return;
    }
    names = place(ctx, now, bright.lit, shown, blocks(now));
    namedAt = key;
    stale = false;
  };

  const zone = (i) => {
    const ring = told.rings.findIndex(([depth]) => people.depth[i] >= depth);
    return ring < 0 ? told.rings.length : ring;
  };
  const write = (ctx, now, bright) => {
    const { lit } = bright;
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.lineWidth = 3;
    for (const name of names) {
      const isDeep = people.depth[name.i] >= told.deep;
      const isLit = !lit || lit.has(name.i);
      if (!isLit && !isDeep) {
        continue;
      }
      const [x, y] = spot(now, name.i);
      ctx.font = name.font;
      ctx.globalAlpha = isLit ? 1 : 0.7;
      ctx.strokeStyle = ink.zones[zone(name.i)];
      ctx.fillStyle = isDeep || lit ? ink.ink : ink.soft;
      // Isolated, so that a name cannot turn the direction of what stands beside it.
      const text = `\u2068${name.text}\u2069`;
      ctx.strokeText(text, x + name.dx, y + name.dy + 0.5);
      ctx.fillText(text, x + name.dx, y + name.dy + 0.5);
    }
    ctx.globalAlpha = 1;
  };

  let moving = false;
  let quiet = 0;
  let before = 0;
  const steady = (now) => {
    const here = now.scale + now.x * 7 + now.y * 13;
    moving = here !== before;
    before = here;
    clearTimeout(quiet);
    if (moving && people.count > 1500) {
      quiet = setTimeout(() => network.redraw(), 120);
    }
  };

  const frame = (ctx) => {
    if (!ink.zones) {
      // vis asks for a first frame before the page is put together.
      return;
    }
    const now = view();
    const ratio = canvas.width / Math.max(1, canvas.clientWidth);
    tiny = 1.9 / ratio;
    steady(now);
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    const bright = light();
    ground(ctx, now, counts);
    hands(ctx, now, bright);
    ties(ctx, now, bright);
    dots(ctx, now, bright);
    drawMe(ctx, now);
    marks(ctx, now);
    rename(ctx, now, bright);
    write(ctx, now, bright);
    ctx.restore();
  };
  network.on("beforeDrawing", frame);

  /** Move everybody to where the current sectors put them. */
  const regroup = (quick) => {
    const { x, y } = grouping();
    const from = [people.x.slice(), people.y.slice()];
    const started = performance.now();
    const step = () => {
      const passed = quick || isStill() ? 1 : Math.min(1, (performance.now() - started) / 600);
      const share = passed < 0.5 ? 4 * passed ** 3 : 1 - (2 - 2 * passed) ** 3 / 2;
      for (let i = 0; i < people.count; i += 1) {
        people.x[i] = from[0][i] + (x[i] - from[0][i]) * share;
        people.y[i] = from[1][i] + (y[i] - from[1][i]) * share;
      }
      stale = true;
      network.redraw();
      if (passed < 1) {
        requestAnimationFrame(step);
      }
    };
    step();
  };

  onTheme(() => {
    sort();
    network.redraw();
  });
  listen((changed) => {
    if (changed.has("by")) {
      regroup();
    }
    if (changed.has("query")) {
      matches = netnotes.search(state.query).filter((i) => visible[i] && i < drawn());
      stale = true;
    }
    network.redraw();
  });

  Object.assign(netnotes, {
    visible, isShown, sort, regroup,
    /** What is written on the picture now: {i, text, box}, in CSS pixels. For tests, and for whoever is curious. */
    written: () => names,
    spot: (i) => spot(view(), i),
    /** A promise kept when the next frame stands. */
    painted: () => new Promise((done) => {
      network.once("afterDrawing", () => done());
      network.redraw();
    }),
    box,
  });
})();
