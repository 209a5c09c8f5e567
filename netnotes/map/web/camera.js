// vis-network as camera: it holds nodes and edges, pans, zooms and asks for frames. What is drawn is drawn elsewhere.
"use strict";

(() => {
  const { told, nodes, people, state, set, options, isStill, box, openPart, fitting, usual, middle } = netnotes;

  /** Milliseconds that the camera takes from one place to another. */
  const FLIGHT = 420;

  const rows = (from, to) =>
    Array.from({ length: Math.max(0, to - from) }, (_, at) => {
      const number = from + at;
      return { id: nodes.id[number], label: nodes.label[number], x: nodes.x[number], y: nodes.y[number], hidden: true };
    });
  /** How many people are drawn, the deepest. */
  const drawn = () => (state.all ? people.count : Math.min(people.count, told.drawn));
  // vis begins with me alone and is given the others after the first picture, which it need not wait for. Edges stay in
  // the page's own rows: as objects of vis each would cost more than everything else about it.
  let held = 0;
  const data = { nodes: new vis.DataSet(rows(0, 1)), edges: new vis.DataSet() };
  const network = new vis.Network(box, data, options);
  const canvas = network.canvas.frame.canvas;
  canvas.setAttribute("aria-hidden", "true");
  // vis makes its own frame focusable; the picture around it is what has keys and a name.
  network.canvas.frame.tabIndex = -1;

  /** Give vis the people drawn whom it does not hold yet. */
  const hold = () => {
    if (drawn() > held) {
      data.nodes.add(rows(held + 1, drawn() + 1));
      held = drawn();
    }
  };

  /** Camera position that puts the world's (x, y) in the middle of the open part. */
  const aim = (x, y, scale) => {
    const area = openPart();
    return {
      x: x - (area.x + area.width / 2 - box.clientWidth / 2) / scale,
      y: y - (area.y + area.height / 2 - box.clientHeight / 2) / scale,
    };
  };

  // One movement at a time, by the clock: a second one of vis' own in the same frame would never end.
  let flight = 0;
  const land = () => {
    cancelAnimationFrame(flight);
    flight = 0;
  };
  const eased = (share) => (share < 0.5 ? 4 * share ** 3 : 1 - (2 - 2 * share) ** 3 / 2);
  const go = (x, y, scale, quick) => {
    land();
    const goal = aim(x, y, scale);
    const put = (position, zoom) => network.moveTo({ position, scale: zoom, animation: false });
    if (quick || isStill()) {
      put(goal, scale);
      return;
    }
    const from = network.getViewPosition();
    const first = network.getScale();
    const begun = performance.now();
    const frame = (now) => {
      const share = Math.min(1, Math.max(0, now - begun) / FLIGHT);
      const part = eased(share);
      const between = (one, other) => one + (other - one) * part;
      put({ x: between(from.x, goal.x), y: between(from.y, goal.y) }, between(first, scale));
      flight = share < 1 ? requestAnimationFrame(frame) : 0;
    };
    flight = requestAnimationFrame(frame);
  };
  /** Show everybody. */
  const whole = (quick) => {
    set({ at: null });
    settle(quick);
  };
  /** Zoom by a factor, about the middle of the open part. */
  const zoom = (factor) => {
    const { x, y } = centre();
    const scale = bounded(network.getScale() * factor);
    set({ at: [Math.round(x), Math.round(y), round(scale / fitting())] });
    go(x, y, scale);
  };
  const round = (value) => Math.round(value * 1000) / 1000;
  const bounded = (scale) => Math.min(Math.max(scale, fitting() * 0.5), fitting() * 40);
  const centre = () => {
    const area = openPart();
    return network.DOMtoCanvas({ x: area.x + area.width / 2, y: area.y + area.height / 2 });
  };
  /** Put the camera where the state says. */
  const settle = (quick) => {
    if (state.at) {
      go(state.at[0], state.at[1], state.at[2] * fitting(), quick);
    } else {
      go(...middle(), fitting(), quick);
    }
  };
  /** Bring one person into the open part, moving as little as possible. */
  const reveal = (i) => {
    if (!state.at) {
      // Everybody is in view, or about to be.
      return;
    }
    const spot = network.canvasToDOM({ x: people.x[i], y: people.y[i] });
    const area = openPart();
    const edgeX = Math.min(60, area.width / 5);
    const edgeY = Math.min(60, area.height / 5);
    const outX = Math.min(0, spot.x - area.x - edgeX) + Math.max(0, spot.x - area.x - area.width + edgeX);
    const outY = Math.min(0, spot.y - area.y - edgeY) + Math.max(0, spot.y - area.y - area.height + edgeY);
    if (outX || outY) {
      const scale = network.getScale();
      const { x, y } = centre();
      go(x + outX / scale, y + outY / scale, scale);
    }
  };

  /** Take where the camera is into the state. */
  const moved = () => {
    const scale = network.getScale();
    const kept = bounded(scale);
    const { x, y } = centre();
    if (kept !== scale) {
      go(x, y, kept, true);
    }
    set({ at: [Math.round(x), Math.round(y), round(kept / fitting())] });
  };
  network.on("dragStart", land);
  network.on("zoom", () => {
    land();
    moved();
  });
  network.on("dragEnd", moved);

  /** What a frame needs to know: zoom, where the centre lies, size; lengths in CSS pixels. */
  const view = () => {
    const scale = network.getScale();
    const origin = network.canvasToDOM({ x: 0, y: 0 });
    const least = usual();
    // Zoomed in, dots grow more slowly than distances, so that crowds come apart.
    const grown = scale > least ? least * (scale / least) ** 0.5 : scale;
    return { scale, dot: grown, x: origin.x, y: origin.y, width: box.clientWidth, height: box.clientHeight };
  };

  /** The person drawn nearest to a point of the picture, -1 where nobody is within reach. */
  const hit = (x, y, reach, isShown) => {
    const now = view();
    let best = -1;
    let least = Infinity;
    const last = drawn();
    for (let i = 0; i < last; i += 1) {
      if (isShown(i)) {
        const apart = Math.hypot(now.x + people.x[i] * now.scale - x, now.y + people.y[i] * now.scale - y);
        const gap = apart - Math.max(2, people.size[i] * now.dot);
        if (gap < least) {
          least = gap;
          best = i;
        }
      }
    }
    return least <= reach ? best : -1;
  };

  new ResizeObserver(() => {
    network.setSize("100%", "100%");
    settle(true);
    network.redraw();
  }).observe(box);

  Object.assign(netnotes, {
    network, canvas, drawn, hold, whole, zoom, settle, reveal, view, hit, moved, isFlying: () => flight > 0,
    redraw: () => network.redraw(),
  });
  // Names that pages made with pyvis give to the same things.
  Object.assign(globalThis, { network, nodes: data.nodes, edges: data.edges });
})();
