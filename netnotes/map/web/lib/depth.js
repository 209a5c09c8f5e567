// Writes depths, and computes what each part takes from a depth.

/** What a part of 0 counts as. As in `netnotes why`, depth is the product of (.02 + .98 part) ^ (weight / sum of weights). */
const FLOOR = 0.02;

/** Write a depth with two decimals; one below an edge (of a ring) is not rounded up to it. */
export const writeDepth = (depth, edges) => {
  const tenThousandths = Math.round(depth * 10000);
  const hundredths = Math.floor((tenThousandths + 50) / 100);
  const onto = edges.some((edge) => depth < edge && hundredths >= Math.round(100 * edge));
  return ((hundredths - (onto ? 1 : 0)) / 100).toFixed(2);
};

/**
 * What each part takes: [{name, value, factor, taken, lost}] of [{name, value, weight}], values 0 to 1. The factors multiply
 * to the depth; `taken` is the share of depth that is lost because this part is not 1, `lost` is how much deeper it would be.
 */
export const depthCosts = (parts) => {
  const total = parts.reduce((sum, part) => sum + part.weight, 0);
  const factors = parts.map((part) => (FLOOR + (1 - FLOOR) * part.value) ** (part.weight / total));
  const depth = factors.reduce((product, factor) => product * factor, 1);
  return parts.map((part, at) => ({ ...part, factor: factors[at], taken: 1 - factors[at], lost: depth / factors[at] - depth }));
};
