// One object, `netnotes`, for tests and for the browser's console. The page itself never uses it.
import { findPaths } from "../lib/paths.js";
import { SvgRecorder } from "../lib/svg_recorder.js";
import { details, encounters } from "../state/details.js";
import { drawnPath, foundPaths, pathsBetween } from "../state/drawn_path.js";
import { isPast, monthState, ringCounts, timeline } from "../state/month_state.js";
import { byKey, data, depthText, near, people, tieStyle } from "../state/page_data.js";
import { keep, setState, state } from "../state/view_state.js";
import { drawnCount, isShown, visible } from "../state/visible.js";
import { ringTexts } from "../draw/background.js";
import { hit, showEverybody, spotOf, view, zoomBy } from "../draw/camera.js";
import { foldedAt, isFolded, numberBoxes } from "../draw/folding.js";
import { box, canvas, isResting, painted } from "../draw/frame.js";
import { placedTitles } from "../draw/groups.js";
import { highlighted } from "../draw/highlight.js";
import { drawnBoxes, writtenNames } from "../draw/names.js";
import { pathCurves, plateBoxes } from "../draw/path_layer.js";
import { drawnCounts, paint } from "../draw/picture.js";
import { angle, grouping } from "../draw/ring_positions.js";
import { ink } from "../draw/theme.js";
import { drawAlterTies } from "../draw/ties.js";
import { trailPoints } from "../draw/trail.js";
import { isNetwork, networkShare } from "../draw/transition.js";
import { fitting } from "../draw/viewport.js";
import { choose } from "./choose.js";
import { isPlaying, togglePlaying } from "./month_slider.js";
import { ask } from "./path_panel.js";
import { showView } from "./view_switch.js";

const measuring = document.createElement("canvas").getContext("2d");

globalThis.netnotes = Object.freeze({
  // What the page knows.
  data, people, details, near, byKey, timeline, monthState, encounters, depthText, tieStyle, findPaths,
  // What is chosen, and choosing.
  state, setState, keep, choose, ask, drawnPath, foundPaths, pathsBetween, isPast, isNetwork, isPlaying, togglePlaying, showView,
  // Who is shown, and where.
  visible, isShown, drawnCount, grouping, angle, view, hit, fitting, zoomBy, showEverybody, networkShare, trailPoints,
  spot: (i) => spotOf(view(), i),
  // What is drawn.
  box, canvas, ink, paint, painted, isResting, drawnCounts, foldedAt, isFolded, numberBoxes, highlighted, ringCounts, drawAlterTies, drawnBoxes, writtenNames, placedTitles, plateBoxes, pathCurves: () => pathCurves(view()),
  ringTexts: () => ringTexts(measuring, view(), drawnCounts()),
  ringBoxes: () => ringTexts(measuring, view(), drawnCounts()).map(({ box: written }) => written),
  recorder: (ratio) => new SvgRecorder(ratio, measuring),
});
