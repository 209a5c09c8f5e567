// Room on a picture.
import assert from "node:assert/strict";
import { test } from "node:test";
import { doCross, doMeet, FIRM, HARD, makeIndex, makeRoom, passes, SOFT } from "../../../netnotes/map/web/lib/room.js";

test("what is taken is free no more, and what is soft may be covered", () => {
  const room = makeRoom(100, 60, 3);
  assert.ok(room.isFree([10, 10, 40, 20]));
  room.take([30, 10, 50, 20], SOFT);
  assert.ok(!room.isFree([10, 10, 40, 20]) && room.isFree([10, 10, 40, 20], SOFT));
  room.take([35, 12, 38, 15], HARD);
  room.take([35, 12, 38, 15], SOFT);
  assert.ok(!room.isFree([10, 10, 40, 20], SOFT));
  assert.ok(room.isFree([60, 30, 90, 50]));
});
test("a box that leaves the picture is not free", () => {
  const room = makeRoom(100, 60, 3);
  for (const box of [[0, 10, 20, 20], [10, 0, 20, 20], [90, 10, 99, 20], [10, 50, 20, 59]]) {
    assert.ok(!room.isFree(box));
  }
});
test("boxes meet and lines cross only where they have a part in common", () => {
  assert.ok(doMeet([0, 0, 2, 2], [1, 1, 3, 3]));
  assert.ok(!doMeet([0, 0, 2, 2], [2, 0, 3, 3]));
  assert.ok(doCross([[0, 0], [2, 2]], [[0, 2], [2, 0]]));
  assert.ok(!doCross([[0, 0], [2, 2]], [[3, 0], [4, 5]]));
});
test("a line passes through a box, beside it, or ends before it", () => {
  assert.ok(passes([[0, 0], [10, 10]], [4, 4, 6, 6]));
  assert.ok(passes([[5, 0], [5, 10]], [4, 4, 6, 6]));
  assert.ok(!passes([[0, 0], [10, 0]], [4, 4, 6, 6]));
  assert.ok(!passes([[0, 0], [3, 3]], [4, 4, 6, 6]));
});
test("what is firm is covered only where that is allowed, and a copy of a room is a room of its own", () => {
  const room = makeRoom(100, 60, 3);
  room.take([30, 10, 50, 20], FIRM);
  const other = room.copy();
  assert.ok(!other.isFree([10, 10, 40, 20], SOFT) && other.isFree([10, 10, 40, 20], FIRM));
  other.take([10, 30, 40, 40]);
  assert.ok(room.isFree([10, 30, 40, 40]) && !other.isFree([10, 30, 40, 40], FIRM));
});
test("an index finds all points in a box", () => {
  const points = Array.from({ length: 400 }, (_, at) => ({ at, x: (at * 37) % 211 - 40, y: (at * 53) % 187 - 30 }));
  const near = makeIndex(points, 32);
  for (const [left, top, right, bottom] of [[0, 0, 60, 40], [-40, -30, 200, 160], [50, 60, 90, 90]]) {
    const found = new Set(near([left, top, right, bottom]).map(({ at }) => at));
    const inside = points.filter(({ x, y }) => x >= left && x <= right && y >= top && y <= bottom);
    assert.ok(inside.length && inside.every(({ at }) => found.has(at)));
  }
});
