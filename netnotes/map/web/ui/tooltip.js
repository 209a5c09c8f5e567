// The tooltip of the person pointed at.
import { details } from "../state/details.js";
import { isPast, monthName, monthState } from "../state/month_state.js";
import { depthText, isNotes, people, since } from "../state/page_data.js";
import { onChange, state } from "../state/view_state.js";
import { ringTexts } from "../draw/background.js";
import { spotOf, view } from "../draw/camera.js";
import { box, canvas } from "../draw/frame.js";
import { writtenNames } from "../draw/names.js";
import { drawnCounts } from "../draw/picture.js";
import { networkShare } from "../draw/transition.js";
import { doMeet } from "../lib/room.js";
import { make, nameElement } from "./elements.js";
import { noteLine } from "./note_panel.js";

const tip = document.getElementById("tip");

const showTip = () => {
  const i = state.pointed;
  tip.hidden = i < 0;
  box.classList.toggle("pointing", i >= 0);
  if (i < 0) {
    return;
  }
  const depth = isNotes ? noteLine(i) : Number.isNaN(monthState.depth[i]) ? "not met yet" : `${depthText(monthState.depth[i])} ${monthState.tie[i]}`;
  const bits = [depth, monthState.warm[i] === "not known" ? null : monthState.warm[i],
    isPast() ? monthName(state.month) : people.last[i] === null ? null : since(people.last[i])].filter(Boolean).join(" · ");
  // The name is left out if it is already written in full beside the dot.
  const written = writtenNames().find((name) => name.i === i);
  const isNamed = written?.text === people.name[i] && !written.line;
  tip.replaceChildren(isNamed ? "" : make("strong", {}, nameElement(people.name[i])), make("span", {}, bits),
    details.styled[i] ? make("span", {}, nameElement(details.styled[i])) : "");
  const [left, top] = tipPlace(i, written ? [written.box] : []);
  tip.style.left = `${left}px`;
  tip.style.top = `${top}px`;
};
/** A place where the tooltip covers neither the person's name nor a ring's, if there is one. */
const tipPlace = (i, taken) => {
  const now = view();
  const [x, y] = spotOf(now, i);
  const away = Math.max(4, people.size[i] * now.dot) + 12;
  const [width, height] = [tip.offsetWidth, tip.offsetHeight];
  const rings = networkShare() < 0.5 ? ringTexts(canvas.getContext("2d"), now, drawnCounts()).map((text) => text.box) : [];
  const places = [y - height - 10, y + 10, y - height - 28, y + 28].flatMap((top) => [x + away, x - away - width].map((left) => [left, top]))
    .map(([left, top]) => [Math.min(Math.max(4, left), box.clientWidth - width - 4), Math.min(Math.max(4, top), box.clientHeight - height - 4)]);
  const isFree = ([left, top]) => ![...taken, ...rings].some((other) => doMeet([left, top, left + width, top + height], other));
  return places.find(isFree) ?? places[0];
};
onChange((changed) => changed.has("pointed") && showTip());
