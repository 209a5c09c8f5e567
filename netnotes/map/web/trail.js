// The trail of the person chosen: where they stood month by month. Time runs clockwise along it, so that the way in and
// the way out do not lie on each other; it slides along as the months pass, the person always at its present end.
"use strict";

(() => {
  const { past, standing, state, ink, told, raysOf, away, angle } = netnotes;
  /** Pixels of the screen that a year takes, and the widest sweep of the trail to either side, in radians. */
  const [YEAR, SWEEP] = [46, 2.2];

  /** Points of the trail: {month, x, y} on the screen, in order of time. */
  const points = (now, i) => {
    const grouping = told.groupings[state.by];
    const share = raysOf(grouping).share[i];
    const here = Number.isNaN(standing.depth[i]) ? grouping.radii.at(-1) : away(i, standing.depth[i], grouping);
    const turn = YEAR / 12 / Math.max(80, here * now.scale);
    const found = [];
    for (let month = 0; month <= past.now; month += 1) {
      const depth = past.depthOf(i, month);
      const offset = (month - standing.at) * turn;
      if (!Number.isNaN(depth) && Math.abs(offset) <= SWEEP) {
        const radius = away(i, depth, grouping);
        const at = angle(share, radius) + offset;
        found.push({
          month, x: now.x + Math.sin(at) * radius * now.scale, y: now.y - Math.cos(at) * radius * now.scale,
        });
      }
    }
    return found;
  };

  const trail = (ctx, now, i) => {
    const found = points(now, i);
    if (found.length < 2) {
      return;
    }
    ctx.lineCap = "round";
    ctx.lineJoin = "round";
    ctx.strokeStyle = ink.glow;
    ctx.globalAlpha = 0.75;
    ctx.lineWidth = 6;
    ctx.beginPath();
    found.forEach(({ x, y }) => ctx.lineTo(x, y));
    ctx.stroke();
    ctx.strokeStyle = ink.person[i];
    ctx.lineWidth = 2.6;
    for (let at = 1; at < found.length; at += 1) {
      const ago = standing.at - found[at].month;
      ctx.globalAlpha = ago < 0 ? 0.22 : Math.max(0.3, 0.95 - ago / 90);
      ctx.beginPath();
      ctx.moveTo(found[at - 1].x, found[at - 1].y);
      ctx.lineTo(found[at].x, found[at].y);
      ctx.stroke();
    }
    ctx.globalAlpha = 1;
    marks(ctx, now, i, found);
    ctx.lineCap = "butt";
  };
  /** Years where they begin, and where the two first met. */
  const marks = (ctx, now, i, found) => {
    ctx.font = `10.5px ${ink["text-font"]}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    found.forEach(({ month, x, y }, place) => {
      const isYear = past.months[month].endsWith("-12") && month < past.now;
      const isFirst = place === 0 && (month > 0 && Number.isNaN(past.depthOf(i, month - 1)));
      if (!isYear && !isFirst) {
        return;
      }
      ctx.beginPath();
      ctx.arc(x, y, isYear ? 3 : 3.6, 0, Math.PI * 2);
      ctx.fillStyle = isYear ? ink.person[i] : ink.glow;
      ctx.strokeStyle = isYear ? ink.glow : ink.person[i];
      ctx.lineWidth = 1.5;
      ctx.fill();
      ctx.stroke();
      if (isYear) {
        // Outside the curve, away from me.
        const far = Math.hypot(x - now.x, y - now.y) || 1;
        const [toX, toY] = [x + ((x - now.x) / far) * 12, y + ((y - now.y) / far) * 12];
        ctx.lineWidth = 3;
        ctx.strokeStyle = ink.glow;
        ctx.strokeText(String(Number(past.months[month].slice(0, 4)) + 1), toX, toY);
        ctx.fillStyle = ink.soft;
        ctx.fillText(String(Number(past.months[month].slice(0, 4)) + 1), toX, toY);
      }
    });
  };

  Object.assign(netnotes, { trail, trailPoints: (i) => points(netnotes.view(), i) });
})();
