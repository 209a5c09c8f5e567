// The tooltip of the person pointed at.
import { isPast, monthName, monthState } from "../state/month_state.js";
import { depthText, isNotes, people, since } from "../state/page_data.js";
import { onChange, state } from "../state/view_state.js";
import { spotOf, view } from "../draw/camera.js";
import { box } from "../draw/frame.js";
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
  tip.replaceChildren(make("strong", {}, nameElement(people.name[i])), make("span", {}, bits),
    people.styled[i] ? make("span", {}, nameElement(people.styled[i])) : "");
  const [x, y] = spotOf(view(), i);
  const away = Math.max(4, people.size[i] * view().dot) + 12;
  const right = x + away + tip.offsetWidth < box.clientWidth;
  tip.style.left = `${right ? x + away : Math.max(4, x - away - tip.offsetWidth)}px`;
  tip.style.top = `${Math.min(Math.max(4, y - tip.offsetHeight - 10), box.clientHeight - tip.offsetHeight - 4)}px`;
};
onChange((changed) => changed.has("pointed") && showTip());

