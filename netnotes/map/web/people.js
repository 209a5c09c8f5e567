// Draws people: dots, marks and names. Keeps the frame: what is drawn, in which order.
"use strict";

(() => {
  const {
    told, people, near, state, listen, ink, onTheme, network, box, canvas, drawn, grouping, view, ground, drawMe, within,
    place, TAU, turned, standing,
  } = netnotes;
  const visible = new Uint8Array(people.count).fill(1);
  const isShown = (i) => visible[i] === 1;
  /** Milliseconds for which names keep their places beside people who drift. */
  const DRIFT = 1200;
  let shown = [];
  let byColour = [];
  let names = [];
  let stale = true;
  /** Grows whenever somebody moved, was hidden or shown. */
  let version = 0;
  let namedAt = "";
  let namedWhen = 0;

  /** Radius below which a dot is drawn as a square: less than two pixels of the screen. */
  let tiny = 0;

  /** Sort those shown for drawing: same colours together, since changing a colour costs more than a dot. */
  const sort = () => {
    shown = [];
    const last = drawn();
    for (const i of standing.order) {
      if (visible[i] && i < last) {
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
    netnotes.groups.count();
    stir();
  };
  /** Say that people changed, so that names are set anew; or moved, so that nothing drawn before holds. */
  const stir = (moved = true) => {
    stale = true;
    version += Number(moved);
  };

  let matches = [];
  /**
   * The person in the light and who is tied to that person; `lit`: those to be seen, null for all alike; `alone`: the
   * others go without names.
   */
  const light = () => {
    const wanted = state.pointed >= 0 ? state.pointed : state.chosen;
    // Whoever is not on the picture, not met yet or hidden by a filter, takes no light from those who are.
    const one = wanted >= 0 && visible[wanted] && wanted < drawn() ? wanted : -1;
    const way = state.pointed >= 0 ? null : netnotes.drawnWay();
    if (way) {
      return { one, others: [], lit: new Set([one, ...way.people].filter((i) => i >= 0)), alone: true };
    }
    if (one >= 0) {
      const others = near[one].filter(([other]) => visible[other] && other < drawn());
      return { one, others, lit: new Set([one, ...others.map(([other]) => other)]) };
    }
    return { one, others: [], lit: matches.length ? new Set(matches) : null };
  };

  const spot = (now, i) => [now.x + people.x[i] * now.scale, now.y + people.y[i] * now.scale];

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
        dot(ctx, i, x, y, radius, (lit && !lit.has(i) ? dim : 1) * standing.there[i]);
      }
    }
    ctx.globalAlpha = 1;
  };

  const dot = (ctx, i, x, y, radius, strength) => {
    const warmth = Number.isNaN(standing.warmth[i]) ? 0.5 : standing.warmth[i];
    const hollow = standing.hollow[i] === 1;
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

  /** Rectangles that names keep clear of: the groups' names; or me, the rings' names, if they can (1), the rim. */
  const blocks = (ctx, now) => {
    // A sheet that is saved has no buttons on it.
    const covered = now.top === undefined ? netnotes.covered() : [];
    if (turned() >= 0.5) {
      return [...covered, ...netnotes.groups.named(ctx, now).map(({ box: taken }) => taken)];
    }
    const radius = Math.max(9, Math.min(26, 34 * now.dot)) + 2;
    const radii = grouping().radii;
    const half = Math.min(told.aisle * now.scale, 38);
    const found = [...covered, [now.x - radius, now.y - radius, now.x + radius, now.y + radius]];
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
    // While people drift, names go with them: set anew in every frame they would jump about.
    if (netnotes.isDrifting() && names.length && performance.now() - namedWhen < DRIFT) {
      return;
    }
    namedWhen = performance.now();
    const taken = reserved.flatMap((boxes) => boxes(ctx, now));
    names = place(ctx, now, bright.lit, shown, [...blocks(ctx, now), ...taken], bright.alone);
    namedAt = key;
    stale = false;
  };

  const zone = (i) => {
    const ring = told.rings.findIndex(([depth]) => standing.depth[i] >= depth);
    return ring < 0 ? told.rings.length : ring;
  };
  const write = (ctx, now, bright) => {
    const { lit } = bright;
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.lineWidth = 3;
    for (const name of names) {
      const isDeep = standing.depth[name.i] >= told.deep;
      const isLit = !lit || lit.has(name.i);
      if ((!isLit && (!isDeep || bright.alone)) || !visible[name.i]) {
        continue;
      }
      const [x, y] = spot(now, name.i);
      ctx.font = name.font;
      ctx.globalAlpha = (isLit ? 1 : 0.7) * standing.there[name.i];
      ctx.strokeStyle = turned() >= 0.5 ? ink.glow : ink.zones[zone(name.i)];
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
    if (moving) {
      quiet = setTimeout(() => network.redraw(), 120);
    }
  };

  const overlays = [];
  const above = [];
  const reserved = [];
  /**
   * Draw one picture: `now` is a view as the camera gives it, drawn `now.top` below the upper edge where that is told;
   * `ratio` is how many pixels of `ctx` make one of its lengths. `how` is for the frames of the page itself.
   */
  const paint = (ctx, now, ratio, how = {}) => {
    const { groups, ties } = netnotes;
    tiny = 1.9 / ratio;
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, ratio * (now.top ?? 0));
    const bright = light();
    ground(ctx, now, within(isShown));
    groups.grounds(ctx, now);
    ties.hands(ctx, now, bright, shown);
    ties.fabric(ctx, now, bright, how);
    ties.own(ctx, now, bright);
    overlays.forEach((draw) => draw(ctx, now, bright));
    dots(ctx, now, bright);
    groups.joints(ctx, now);
    drawMe(ctx, now, 1 - turned());
    marks(ctx, now);
    above.forEach((draw) => draw(ctx, now, bright));
    groups.titles(ctx, now);
    rename(ctx, now, bright);
    write(ctx, now, bright);
    ctx.restore();
  };

  const frame = (ctx) => {
    if (!ink.zones) {
      // vis asks for a first frame before the page is put together.
      return;
    }
    const now = view();
    steady(now);
    paint(ctx, now, canvas.width / Math.max(1, canvas.clientWidth), { moving, keep: true });
  };
  network.on("beforeDrawing", frame);

  onTheme(() => {
    sort();
    network.redraw();
  });
  listen((changed) => {
    if (changed.has("query")) {
      matches = netnotes.search(state.query).filter((i) => visible[i] && i < drawn());
      stale = true;
    }
    network.redraw();
  });

  Object.assign(netnotes, {
    visible, isShown, sort, paint,
    /** Let `draw(ctx, view, light)` draw after the ties and before the dots, in every frame; or above them. */
    overlay: (draw, { over = false } = {}) => (over ? above : overlays).push(draw),
    /** Let names keep clear of the rectangles that `boxes(ctx, view)` returns. */
    reserve: (boxes) => reserved.push(boxes),
    stir,
    version: () => version,
    /** What is written on the picture now: {i, text, box}, in CSS pixels. For tests, and for whoever is curious. */
    written: () => names,
    spot: (i) => spot(view(), i),
    spotOf: spot,
    /** A promise kept when the next frame stands. */
    painted: () => new Promise((done) => {
      network.once("afterDrawing", () => done());
      network.redraw();
    }),
    box,
  });
})();
