// Colours for the canvas, taken from the style sheet, light or dark as the system says or the reader chose.
"use strict";

(() => {
  const { told, people } = netnotes;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const ink = {};
  const listeners = [];
  const NAMES = ["paper", "glow", "ink", "soft", "faint", "line", "accent", "text-font", "name-font"];

  const isDark = () => (document.documentElement.dataset.theme ?? (dark.matches ? "dark" : "light")) === "dark";

  const read = () => {
    const style = getComputedStyle(document.documentElement);
    for (const name of NAMES) {
      ink[name] = style.getPropertyValue(`--${name}`).trim();
    }
    const shade = isDark() ? 1 : 0;
    ink.scenes = told.scenes.colours.map((number) => told.palette[number][shade]);
    // The nearer, the brighter: depth reads as light before anything else is read. From the centre outwards.
    ink.zones = [1, 1, 1, 0.72, 0.36, 0.14].map((light) => mixed(ink.paper, ink.glow, light));
    // A styler names one colour; on dark paper a dark one is lifted until it can be seen.
    const seen = new Map();
    const visible = (colour) => {
      if (!seen.has(colour)) {
        seen.set(colour, legible(colour, shade === 1));
      }
      return seen.get(colour);
    };
    ink.legend = told.legend.map(([, colour]) => visible(colour));
    ink.person = new Array(people.count);
    for (let i = 0; i < people.count; i += 1) {
      ink.person[i] = people.paint[i] ? visible(people.paint[i]) : ink.scenes[people.scene[i]];
    }
    listeners.forEach((listener) => listener());
  };

  const parts = (colour) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const written = (rgb) => `#${rgb.map((c) => Math.round(c).toString(16).padStart(2, "0")).join("")}`;
  const mixed = (one, other, share) => {
    const [from, to] = [parts(one), parts(other)];
    return written(from.map((c, at) => c + (to[at] - c) * share));
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  /** The colour, moved towards white or black until it stands 3:1 against the paper. */
  const legible = (colour, onDark) => {
    let rgb = parts(colour);
    const enough = () => (onDark ? luminance(rgb) >= 0.13 : luminance(rgb) <= 0.265);
    for (let step = 0; step < 20 && !enough(); step += 1) {
      rgb = rgb.map((c) => c + ((onDark ? 255 : 0) - c) * 0.12);
    }
    return written(rgb);
  };

  /** Turn light into dark and back. */
  const turn = () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    read();
  };
  dark.addEventListener("change", read);

  Object.assign(netnotes, {
    ink, turn, isDark, legible,
    readTheme: read,
    onTheme: (listener) => listeners.push(listener),
    isStill: () => still.matches,
  });
})();
