// What people stand on in the network: a ground for each group with its name, and the rim of those whom nobody ties.
"use strict";

(() => {
  const { told, ink, people, state, grouping, turned, TAU } = netnotes;
  const { circles, names } = told.network;

  const write = (ctx, text, x, y, colour) => {
    ctx.lineJoin = "round";
    ctx.lineWidth = 4;
    ctx.strokeStyle = ink.paper;
    ctx.strokeText(text, x, y);
    ctx.fillStyle = colour;
    ctx.fillText(text, x, y);
  };

  /** The names of groups that have room: {text, x, y, font, box}; x and y are the middle. */
  const named = (ctx, now) => {
    const size = now.width < 520 ? 10.5 : 12;
    const font = `italic ${size}px ${ink["name-font"]}`;
    ctx.font = font;
    const found = [];
    circles.forEach(([x, y, radius], group) => {
      const [middle, top] = [now.x + x * now.scale, now.y + (y - radius) * now.scale - size * 0.7];
      const half = ctx.measureText(names[group]).width / 2;
      const box = [middle - half - 2, top - size * 0.7, middle + half + 2, top + size * 0.7];
      const clear = found.every(({ box: other }) =>
        box[2] < other[0] || other[2] < box[0] || box[3] < other[1] || other[3] < box[1]);
      if (names[group] && radius * now.scale > 22 && clear) {
        found.push({ text: names[group], x: middle, y: top, font, box });
      }
    });
    return found;
  };

  /** Draw the grounds over whatever of the rings is still to be seen. */
  const grounds = (ctx, now) => {
    const light = turned();
    if (light <= 0) {
      return;
    }
    ctx.globalAlpha = light;
    ctx.fillStyle = ink.paper;
    ctx.fillRect(0, 0, now.width, now.height);
    for (const [x, y, radius] of circles) {
      ctx.beginPath();
      ctx.arc(now.x + x * now.scale, now.y + y * now.scale, radius * now.scale, 0, TAU);
      ctx.fillStyle = ink.glow;
      ctx.fill();
      ctx.strokeStyle = ink.line;
      ctx.lineWidth = 1;
      ctx.stroke();
    }
    ctx.globalAlpha = 1;
  };

  const titles = (ctx, now) => {
    const light = turned();
    if (light < 0.5) {
      return;
    }
    ctx.globalAlpha = 2 * light - 1;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    for (const { text, x, y, font } of named(ctx, now)) {
      ctx.font = font;
      write(ctx, `\u2068${text}\u2069`, x, y, ink.soft);
    }
    ctx.globalAlpha = 1;
  };

  Object.assign(netnotes, { groups: { named, grounds, titles } });
})();
