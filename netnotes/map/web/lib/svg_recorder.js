// A canvas context that writes SVG; it has only the calls that our pictures use.

const TAU = Math.PI * 2;
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const ILLEGAL = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
const FONT = /^(?:(italic)\s+)?(?:(\d{3}|bold|normal)\s+)?([\d.]+)px\s+(.*)$/;
/** Spaces that a viewer would drop: at the ends, and all but the first in a row. */
const DROPPED = /^ | $|(?<= ) /g;
const LEFTWARDS = /^[^\p{L}]*[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const STYLES = ["fillStyle", "strokeStyle", "globalAlpha", "lineWidth", "lineJoin", "lineCap", "font", "textAlign",
  "textBaseline"];

const escaped = (text) => String(text).replace(ILLEGAL, "").replace(/[&<>"]/g, (letter) => ENTITIES[letter]);
const round = (value) => Math.round(value * 100) / 100;
const element = (tag, attributes, text = "") => {
  const written = Object.entries(attributes).filter(([, value]) => value !== null)
    .map(([name, value]) => ` ${name}="${escaped(typeof value === "number" ? round(value) : value)}"`).join("");
  return text === "" ? `<${tag}${written}/>` : `<${tag}${written}>${escaped(text)}</${tag}>`;
};

const shifts = new Map();
/** Distance from each canvas baseline down to the alphabetic one, the only one that every viewer knows. */
const shift = (measuring, font, baseline) => {
  const key = `${baseline} ${font}`;
  if (!shifts.has(key)) {
    measuring.font = font;
    const [own, asked] = ["alphabetic", baseline].map((line) => {
      measuring.textBaseline = line;
      return measuring.measureText("x").actualBoundingBoxAscent;
    });
    shifts.set(key, own - asked);
  }
  return shifts.get(key);
};

export class SvgRecorder {
  fillStyle = "#000000";
  strokeStyle = "#000000";
  globalAlpha = 1;
  lineWidth = 1;
  lineJoin = "miter";
  lineCap = "butt";
  font = "10px sans-serif";
  textAlign = "left";
  textBaseline = "alphabetic";
  #ratio;
  #measuring;
  #matrix;
  #dash = [];
  #groups = 0;
  #clips = 0;
  #stack = [];
  #out = [];
  #path = "";
  /** [x, y, radius] while the path is one circle and nothing else. */
  #circle = null;
  /** The element written by `fill`, if it was the last: a stroke is added to it. */
  #filled = null;

  /**
   * `ratio` is the number of the caller's pixels per unit of the drawing; `measuring` a canvas context to measure texts
   * with.
   */
  constructor(ratio, measuring) {
    this.#ratio = ratio;
    this.#measuring = measuring;
    this.setTransform(1, 0, 0, 1, 0, 0);
  }

  save() {
    this.#stack.push([STYLES.map((name) => this[name]), this.#matrix, this.#dash, this.#groups]);
  }

  restore() {
    const [styles, matrix, dash, groups] = this.#stack.pop();
    STYLES.forEach((name, at) => (this[name] = styles[at]));
    [this.#matrix, this.#dash] = [matrix, dash];
    for (; this.#groups > groups; this.#groups -= 1) {
      this.#write("</g>");
    }
  }

  setTransform(a, b, c, d, e, f) {
    this.#matrix = [a, b, c, d, e, f].map((value) => value / this.#ratio);
  }

  #turn(a, b, c, d, e, f) {
    const [A, B, C, D, E, F] = this.#matrix;
    this.#matrix = [A * a + C * b, B * a + D * b, A * c + C * d, B * c + D * d, A * e + C * f + E, B * e + D * f + F];
  }

  translate(x, y) {
    this.#turn(1, 0, 0, 1, x, y);
  }

  rotate(angle) {
    this.#turn(Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0);
  }

  scale(x, y) {
    this.#turn(x, 0, 0, y, 0, 0);
  }

  #at(x, y) {
    const [a, b, c, d, e, f] = this.#matrix;
    return [a * x + c * y + e, b * x + d * y + f];
  }

  get #size() {
    return Math.hypot(this.#matrix[0], this.#matrix[1]);
  }

  get #angle() {
    return Math.atan2(this.#matrix[1], this.#matrix[0]);
  }

  setLineDash(dash) {
    this.#dash = [...dash];
  }

  beginPath() {
    [this.#path, this.#circle, this.#filled] = ["", null, null];
  }

  #draw(command, ...points) {
    const placed = points.flatMap(([x, y]) => this.#at(x, y)).map(round).join(" ");
    this.#path += `${this.#path || command === "M" ? command : "M"}${placed}`;
    [this.#circle, this.#filled] = [null, null];
  }

  moveTo(x, y) {
    this.#draw("M", [x, y]);
  }

  lineTo(x, y) {
    this.#draw("L", [x, y]);
  }

  quadraticCurveTo(x1, y1, x, y) {
    this.#draw("Q", [x1, y1], [x, y]);
  }

  bezierCurveTo(x1, y1, x2, y2, x, y) {
    this.#draw("C", [x1, y1], [x2, y2], [x, y]);
  }

  closePath() {
    this.#path += "Z";
  }

  rect(x, y, width, height) {
    this.#draw("M", [x, y]);
    this.#draw("L", [x + width, y], [x + width, y + height], [x, y + height]);
    this.closePath();
  }

  roundRect(x, y, width, height, radius) {
    const edge = Math.min(radius, width / 2, height / 2);
    const [left, top, right, bottom] = [x + edge, y + edge, x + width - edge, y + height - edge];
    [[right, top, 3], [right, bottom, 0], [left, bottom, 1], [left, top, 2]].forEach(([cx, cy, turn]) =>
      this.arc(cx, cy, edge, (turn * TAU) / 4, ((turn + 1) * TAU) / 4));
    this.closePath();
  }

  arc(x, y, radius, from, to, against = false) {
    const empty = this.#path === "";
    const size = round(radius * this.#size);
    const reach = (angle) => [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
    const arc = (large, angle) => (this.#path +=
      `A${size} ${size} 0 ${large} ${against ? 0 : 1} ${this.#at(...reach(angle)).map(round).join(" ")}`);
    this.#draw("L", reach(from));
    if (Math.abs(to - from) >= TAU - 1e-9) {
      arc(0, from + TAU / 2);
      arc(0, from);
      this.#circle = empty ? [...this.#at(x, y), radius * this.#size] : null;
      return;
    }
    const swept = (((against ? from - to : to - from) % TAU) + TAU) % TAU;
    arc(swept > TAU / 2 ? 1 : 0, to);
  }

  clip() {
    this.#clips += 1;
    this.#groups += 1;
    const name = `clip${this.#clips}`;
    this.#write(`<clipPath id="${name}">${element("path", { d: this.#path })}</clipPath><g clip-path="url(#${name})">`);
  }

  #write(text) {
    this.#filled = null;
    this.#out.push(text);
  }

  get #ink() {
    return { fill: this.fillStyle, "fill-opacity": this.globalAlpha < 1 ? this.globalAlpha : null };
  }

  get #line() {
    const plain = (value, usual) => (value === usual ? null : value);
    return {
      stroke: this.strokeStyle, "stroke-width": this.lineWidth * this.#size,
      "stroke-opacity": plain(this.globalAlpha, 1), "stroke-linecap": plain(this.lineCap, "butt"),
      "stroke-linejoin": plain(this.lineJoin, "miter"),
      "stroke-dasharray": this.#dash.length ? this.#dash.map((part) => round(part * this.#size)).join(" ") : null,
    };
  }

  #shape(look) {
    if (this.#circle) {
      const [cx, cy, r] = this.#circle;
      return element("circle", { cx, cy, r, ...look });
    }
    return element("path", { d: this.#path, ...look });
  }

  fill() {
    if (this.#path) {
      const look = this.#ink;
      this.#write(this.#shape(look));
      this.#filled = look;
    }
  }

  stroke() {
    if (this.#filled) {
      this.#out.pop();
      this.#write(this.#shape({ ...this.#filled, ...this.#line }));
    } else if (this.#path) {
      this.#write(this.#shape({ fill: "none", ...this.#line }));
    }
  }

  #box(x, y, width, height, look) {
    const kept = [this.#path, this.#circle];
    this.beginPath();
    this.rect(x, y, width, height);
    this.#write(element("path", { d: this.#path, ...look }));
    [this.#path, this.#circle] = kept;
  }

  fillRect(x, y, width, height) {
    this.#box(x, y, width, height, this.#ink);
  }

  strokeRect(x, y, width, height) {
    this.#box(x, y, width, height, { fill: "none", ...this.#line });
  }

  measureText(text) {
    this.#measuring.font = this.font;
    return this.#measuring.measureText(text);
  }

  #letters(text, x, y, look) {
    const [, slant, weight, size, family] = FONT.exec(this.font) ?? [null, null, null, "10", "sans-serif"];
    // Each text is an element, so isolation marks do nothing here, and some viewers show them.
    const bare = text.replace(/^\u2068(.*)\u2069$/su, "$1");
    const leftwards = LEFTWARDS.test(bare);
    const anchor = { left: leftwards ? "end" : null, start: leftwards ? "end" : null, center: "middle",
      right: leftwards ? null : "end", end: leftwards ? null : "end" }[this.textAlign];
    const degrees = (this.#angle * 360) / TAU;
    const networkShare = Math.abs(degrees) > 0.005;
    const below = y + shift(this.#measuring, this.font, this.textBaseline);
    const [px, py] = networkShare ? this.#at(x, y) : this.#at(x, below);
    this.#write(element("text", {
      x: networkShare ? 0 : px, y: networkShare ? (below - y) * this.#size : py,
      transform: networkShare ? `translate(${round(px)} ${round(py)}) rotate(${round(degrees)})` : null,
      "font-family": family, "font-size": Number(size) * this.#size, "font-weight": weight ?? null,
      "font-style": slant ?? null, "text-anchor": anchor, direction: leftwards ? "rtl" : null, ...look,
    }, bare.replace(DROPPED, "\u00a0") || "\u00a0"));
  }

  fillText(text, x, y) {
    this.#letters(text, x, y, this.#ink);
  }

  strokeText(text, x, y) {
    this.#letters(text, x, y, { fill: "none", ...this.#line });
  }

  /** The drawing as a document of this size, in units of the drawing. */
  document(width, height, title) {
    const size = `width="${round(width)}" height="${round(height)}" viewBox="0 0 ${round(width)} ${round(height)}"`;
    return `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img">` +
      `${element("title", {}, title)}\n${this.#out.join("\n")}\n</svg>\n`;
  }
}
