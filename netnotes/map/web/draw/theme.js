// Colours for the canvas, from the style sheet: light or dark, as the system or the reader chose.
import { legible, mixed } from "../lib/colours.js";
import { data, people } from "../state/page_data.js";

const NAMES = ["paper", "glow", "ink", "soft", "faint", "line", "accent", "text-font", "name-font"];
const dark = matchMedia("(prefers-color-scheme: dark)");
const listeners = [];
/** Colours and fonts by name; `scenes`, `legend` and `person` are lists, `zones` runs from the centre outwards. */
export const ink = {};

const isDark = () => (document.documentElement.dataset.theme ?? (dark.matches ? "dark" : "light")) === "dark";
/** A styler's colour, made visible on the background. */
export const readable = (colour) => legible(colour, isDark());

/** Take the colours from the style sheet. */
export const readTheme = () => {
  const style = getComputedStyle(document.documentElement);
  for (const name of NAMES) {
    ink[name] = style.getPropertyValue(`--${name}`).trim();
  }
  const shade = Number(isDark());
  ink.scenes = data.scenes.colours.map((number) => data.palette[number][shade]);
  // The nearer to me, the brighter.
  ink.zones = [1, 1, 1, 0.72, 0.36, 0.14].map((share) => mixed(ink.paper, ink.glow, share));
  const seen = new Map();
  const visible = (colour) => {
    if (!seen.has(colour)) {
      seen.set(colour, readable(colour));
    }
    return seen.get(colour);
  };
  ink.legend = data.legend.map(([, colour]) => visible(colour));
  ink.person = Array.from({ length: people.count }, (_, i) => (people.paint[i] ? visible(people.paint[i]) : ink.scenes[people.scene[i]]));
  listeners.forEach((listener) => listener());
};
/** Call `listener()` whenever colours change. */
export const onTheme = (listener) => listeners.push(listener);

/** Call `draw()` in light colours, whatever the page shows; return its result. */
export const inLight = (draw) => {
  const { dataset } = document.documentElement;
  const before = dataset.theme;
  const change = (theme) => {
    if (theme === undefined) {
      delete dataset.theme;
    } else {
      dataset.theme = theme;
    }
    readTheme();
  };
  if (!isDark()) {
    return draw();
  }
  change("light");
  const drawn = draw();
  change(before);
  return drawn;
};
/** Change between light and dark. */
export const switchTheme = () => {
  document.documentElement.dataset.theme = isDark() ? "light" : "dark";
  readTheme();
};
dark.addEventListener("change", readTheme);
