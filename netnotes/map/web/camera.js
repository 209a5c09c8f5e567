// vis-network as camera: it holds nodes and edges, pans, zooms and asks for frames. What is drawn is drawn elsewhere.
"use strict";

(() => {
  const { told, nodes, people, state, set, options, isStill, reach } = netnotes;
  const box = document.getElementById("picture");
  const panel = document.getElementById("panel");
  const time = document.getElementById("time");
  const MARGIN = 40;
  const NARROW = 760;

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

  const wide = () => innerWidth >= NARROW;

  /** What of the picture's height the slider of months leaves. */
  const free = () => box.clientHeight - (time.hidden ? 0 : wide() ? 40 : 44);
  /** The part of the picture that nothing covers: the panel lies at its right, or over its lower end. */
  const open = () => {
    const [width, height] = [box.clientWidth, free()];
    if (panel.hidden) {
      return { x: 0, y: 0, width, height };
    }
    const [own, other] = [box.getBoundingClientRect(), panel.getBoundingClientRect()];
    return wide()
      ? { x: 0, y: 0, width: Math.max(200, Math.min(width, other.left - own.left - 8)), height }
      : { x: 0, y: 0, width, height: Math.max(160, Math.min(height, other.top - own.top - (time.hidden ? 0 : 44))) };
  };
  const within = (area) => {
    const margin = Math.min(MARGIN, Math.min(area.width, area.height) * 0.09);
    return Math.max(20, Math.min(area.width, area.height) / 2 - margin) / reach();
  };
  const all = () => within({ width: box.clientWidth, height: free() });
  /** Zoom at which everybody is seen; beside the panel a little of the rim may give way. */
  const fitting = () => Math.max(within(open()), 0.84 * all());
  /** Camera position that puts the world's (x, y) in the middle of the open part. */
  const aim = (x, y, scale) => {
    const area = open();
    return {
      x: x - (area.x + area.width / 2 - box.clientWidth / 2) / scale,
      y: y - (area.y + area.height / 2 - box.clientHeight / 2) / scale,
    };
  };

  const go = (x, y, scale, quick) => {
    const animation = quick || isStill() ? false : { duration: 420, easingFunction: "easeInOutCubic" };
    network.moveTo({ position: aim(x, y, scale), scale, animation });
  };
  /** Show everybody. */
  const whole = (quick) => {
    set({ at: null });
    go(0, 0, fitting(), quick);
  };
  /** Zoom by a factor, about the middle of the open part. */
  const zoom = (factor) => {
    const middle = centre();
    const scale = bounded(network.getScale() * factor);
    set({ at: [Math.round(middle.x), Math.round(middle.y), round(scale / fitting())] });
    go(middle.x, middle.y, scale);
  };
  const round = (value) => Math.round(value * 1000) / 1000;
  const bounded = (scale) => Math.min(Math.max(scale, fitting() * 0.5), fitting() * 40);
  const centre = () => {
    const area = open();
    return network.DOMtoCanvas({ x: area.x + area.width / 2, y: area.y + area.height / 2 });
  };
  /** Put the camera where the state says. */
  const settle = (quick) => {
    if (state.at) {
      go(state.at[0], state.at[1], state.at[2] * fitting(), quick);
    } else {
      go(0, 0, fitting(), quick);
    }
  };
  /** Bring one person into the open part, moving as little as possible. */
  const reveal = (i) => {
    if (!state.at) {
      // Everybody is in view, or about to be.
      return;
    }
    const spot = network.canvasToDOM({ x: people.x[i], y: people.y[i] });
    const area = open();
    const edgeX = Math.min(60, area.width / 5);
    const edgeY = Math.min(60, area.height / 5);
    const outX = Math.min(0, spot.x - area.x - edgeX) + Math.max(0, spot.x - area.x - area.width + edgeX);
    const outY = Math.min(0, spot.y - area.y - edgeY) + Math.max(0, spot.y - area.y - area.height + edgeY);
    if (outX || outY) {
      const scale = network.getScale();
      const middle = centre();
      go(middle.x + outX / scale, middle.y + outY / scale, scale);
    }
  };

  /** Take where the camera is into the state. */
  const moved = () => {
    const scale = network.getScale();
    const kept = bounded(scale);
    const middle = centre();
    if (kept !== scale) {
      go(middle.x, middle.y, kept, true);
    }
    set({ at: [Math.round(middle.x), Math.round(middle.y), round(kept / fitting())] });
  };
  network.on("zoom", moved);
  network.on("dragEnd", moved);

  /** What a frame needs to know: zoom, where the centre lies, size; lengths in CSS pixels. */
  const view = () => {
    const scale = network.getScale();
    const origin = network.canvasToDOM({ x: 0, y: 0 });
    const usual = all();
    // Zoomed in, dots grow more slowly than distances, so that crowds come apart.
    const grown = scale > usual ? usual * (scale / usual) ** 0.5 : scale;
    return { scale, usual, dot: grown, x: origin.x, y: origin.y, width: box.clientWidth, height: box.clientHeight };
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
    network, box, canvas, drawn, hold, whole, zoom, settle, reveal, view, hit, wide, moved,
    openPart: open,
    redraw: () => network.redraw(),
  });
  // Names that pages made with pyvis give to the same things.
  Object.assign(globalThis, { network, nodes: data.nodes, edges: data.edges });
})();
