// Tracks which parts of a picture are taken and which are free, in small squares.

/** What may be covered if necessary (small dots), only as a last resort (large dots), and never (names, buttons). */
export const SOFT = 1;
export const FIRM = 2;
export const HARD = 3;

/** Whether two boxes, [left, top, right, bottom], overlap. */
export const doMeet = (one, other) => one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];

const isLeft = ([ax, ay], [bx, by], [cx, cy]) => (bx - ax) * (cy - ay) - (by - ay) * (cx - ax) > 0;
/** Whether two lines, [[x, y], [x, y]], cross. */
export const doCross = ([a, b], [c, d]) => isLeft(a, b, c) !== isLeft(a, b, d) && isLeft(c, d, a) !== isLeft(c, d, b);

/** Whether a line passes through a box. */
export const passes = ([[ax, ay], [bx, by]], [left, top, right, bottom]) => {
  // Fast, and true of most lines: all of it is on one side of the box.
  if ((ax <= left && bx <= left) || (ax >= right && bx >= right) || (ay <= top && by <= top) || (ay >= bottom && by >= bottom)) {
    return false;
  }
  let [from, to] = [0, 1];
  for (const [start, length, low, high] of [[ax, bx - ax, left, right], [ay, by - ay, top, bottom]]) {
    if (length === 0) {
      if (start <= low || start >= high) {
        return false;
      }
    } else {
      const [first, last] = [(low - start) / length, (high - start) / length].sort((one, other) => one - other);
      [from, to] = [Math.max(from, first), Math.min(to, last)];
    }
  }
  return from < to;
};

/** Room of `width` by `height`, in squares of `cell`; lengths in the unit of the boxes. `before`: what is taken already, one number per square. */
export const makeRoom = (width, height, cell, before = null) => {
  const [across, down] = [Math.ceil(width / cell), Math.ceil(height / cell)];
  const taken = before?.slice() ?? new Uint8Array(across * down);
  const span = ([left, top, right, bottom]) => [
    Math.max(0, Math.floor(left / cell)), Math.max(0, Math.floor(top / cell)),
    Math.min(across - 1, Math.floor(right / cell)), Math.min(down - 1, Math.floor(bottom / cell)),
  ];
  return {
    /** A copy of this room. */
    copy: () => makeRoom(width, height, cell, taken),
    take(box, how = HARD) {
      const [x0, y0, x1, y1] = span(box);
      for (let y = y0; y <= y1; y += 1) {
        for (let at = y * across + x0; at <= y * across + x1; at += 1) {
          taken[at] = Math.max(taken[at], how);
        }
      }
    },
    takeLine([[x, y], [toX, toY]]) {
      const steps = Math.ceil(Math.hypot(toX - x, toY - y) / cell) || 1;
      for (let step = 0; step <= steps; step += 1) {
        const [atX, atY] = [x + ((toX - x) * step) / steps, y + ((toY - y) * step) / steps];
        this.take([atX, atY, atX, atY]);
      }
    },
    /** Whether a box is inside, and nothing in it is taken by more than `most`. */
    isFree(box, most = 0) {
      if (box[0] < 2 || box[1] < 2 || box[2] > width - 2 || box[3] > height - 2) {
        return false;
      }
      const [x0, y0, x1, y1] = span(box);
      for (let y = y0; y <= y1; y += 1) {
        for (let at = y * across + x0; at <= y * across + x1; at += 1) {
          if (taken[at] > most) {
            return false;
          }
        }
      }
      return true;
    },
  };
};

/** Find points near a box: `near(box)` of the points {x, y}, kept in squares of `cell`; at least all within the box are returned. */
export const makeIndex = (points, cell) => {
  const squares = new Map();
  const place = (x, y) => Math.floor(x / cell) * 65536 + Math.floor(y / cell);
  for (const point of points) {
    const at = place(point.x, point.y);
    squares.set(at, squares.get(at) ?? []);
    squares.get(at).push(point);
  }
  return ([left, top, right, bottom]) => {
    const found = [];
    for (let x = Math.floor(left / cell); x <= Math.floor(right / cell); x += 1) {
      for (let y = Math.floor(top / cell); y <= Math.floor(bottom / cell); y += 1) {
        found.push(...(squares.get(x * 65536 + y) ?? []));
      }
    }
    return found;
  };
};
