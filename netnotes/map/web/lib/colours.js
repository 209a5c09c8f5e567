// Arithmetic on colours written as #rrggbb.

const parts = (colour) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
const written = (rgb) => `#${rgb.map((value) => Math.round(value).toString(16).padStart(2, "0")).join("")}`;

/** Mix two colours: `share` is 0 for the first, 1 for the second. */
export const mixed = (one, other, share) => {
  const [from, to] = [parts(one), parts(other)];
  return written(from.map((value, at) => value + (to[at] - value) * share));
};

/** Relative luminance, 0 to 1, as WCAG defines it. */
export const luminance = (colour) => {
  const [r, g, b] = parts(colour).map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

/** The colour, moved towards white or black until it has a contrast of 3:1 against our paper. */
export const legible = (colour, onDark) => {
  let found = colour;
  const isEnough = () => (onDark ? luminance(found) >= 0.13 : luminance(found) <= 0.265);
  for (let step = 0; step < 20 && !isEnough(); step += 1) {
    found = mixed(found, onDark ? "#ffffff" : "#000000", 0.12);
  }
  return found;
};
