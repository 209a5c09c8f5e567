// The panel of the chosen person: depth with its parts, why, the last encounters, what to do next, shared people.
import {
  depthParts, details, encounters, fields, hasEvidence, hasVault, links, mentions, moves, noteTitle, partWords, promises, reason,
} from "../state/details.js";
import { isPast, monthName, monthState, timeline, whyHidden } from "../state/month_state.js";
import { data, date, depthText, isNotes, near, people, since } from "../state/page_data.js";
import { onChange, state } from "../state/view_state.js";
import { isShown } from "../state/visible.js";
import { placeCamera } from "../draw/camera.js";
import { redraw } from "../draw/frame.js";
import { belongsTo } from "../draw/groups.js";
import { ink, onTheme } from "../draw/theme.js";
import { isCompact } from "../draw/viewport.js";
import { choose, closePanel } from "./choose.js";
import { depthCurve } from "./depth_curve.js";
import { announce, dotElement, make, nameElement } from "./elements.js";
import { noteLine, notePanel } from "./note_panel.js";
import { pathSection } from "./path_panel.js";
import { makeGrip } from "./sheet.js";

const panel = document.getElementById("panel");
const SHARED = 12;
/** How many encounters are listed before the rest is asked for. */
const FIRST = 8;
const title = document.title;

const two = (value) => value.toFixed(2);
const heading = (text) => make("h3", {}, text);
/** A link; only to the two kinds of address that open notes. */
const link = (address, ...children) =>
  /^(obsidian|file):\/\//.test(address ?? "") ? make("a", { href: address, rel: "noreferrer" }, ...children) : make("span", {}, ...children);

const headline = (i) => {
  const close = make("button", {
    type: "button", className: "close", "aria-label": "Close", title: "Close (Esc)", onclick: () => closePanel(),
  }, "×");
  const title = make("h2", { tabIndex: -1 }, nameElement(people.name[i]));
  const scene = ["scene", "folder"].includes(data.scenes.by) ? data.scenes.names[people.scene[i]] : null;
  const where = [scene, details.company[i]].filter(Boolean);
  const line = make("p", { className: "soft" });
  const dot = dotElement(ink.person[i]);
  line.append(dot, ...where.flatMap((word, place) => (place ? [" · ", nameElement(word)] : [nameElement(word)])));
  const also = details.aliases[i].length
    ? make("p", { className: "soft" }, "also ", ...details.aliases[i].flatMap((alias, place) =>
      (place ? [", ", nameElement(alias)] : [nameElement(alias)]))) : null;
  return make("header", {}, close, title, where.length ? line : null, also, opening(i));
};

const opening = (i) => {
  if (!hasVault) {
    // A page without names has no vault to open, and does not say who has a note.
    return null;
  }
  if (!details.note[i]) {
    return make("p", { className: "soft" }, "No note yet");
  }
  const file = links.file(people.key[i]);
  return make("p", { className: "links" },
    link(links.obsidian(people.key[i]), "Open in Obsidian"), file ? link(file, "Open file") : null);
};

const figures = (i) => {
  if (Number.isNaN(people.depth[i])) {
    return make("p", { className: "figure" }, make("strong", {}, "not met yet"));
  }
  const warm = people.warm[i] === "not known" ? null : make("span", { className: "warm" },
    make("i", { className: `dot ${["warm", "cooling"].includes(people.warm[i]) ? people.warm[i] : "hollow"}` }),
    people.warm[i], Number.isNaN(people.warmth[i]) ? "" : ` ${two(people.warmth[i])}`);
  return make("p", { className: "figure" }, make("strong", {}, depthText(people.depth[i])),
    make("span", { className: "tie" }, people.tie[i]), warm);
};

const times = (i) => {
  const rows = make("dl", {});
  const row = (word, ...value) => rows.append(make("dt", {}, word), make("dd", {}, ...value));
  if (people.last[i] !== null) {
    row("Last contact", date(people.last[i]), make("span", { className: "soft" }, ` ${since(people.last[i])}`));
  }
  if (details.due[i] !== null) {
    const overdue = details.due[i] > 0;
    row("Follow up", make("span", { className: overdue ? "due" : "" }, date(details.due[i]), ` ${since(details.due[i])}`),
      details.dueWhy[i] ? make("span", { className: "soft why" }, details.dueWhy[i]) : null);
  }
  if (details.contacts[i]) {
    const days = details.days[i] === 1 ? "1 day" : `${details.days[i]} days`;
    row("In touch", `on ${days}`, details.first[i] === null ? ""
      : make("span", { className: "soft" }, ` since ${date(details.first[i])}`));
  }
  return rows;
};

const percent = (share) => `${Math.round(100 * share)} %`;
/** One field with its value and a bar; for a part of depth, the bar shows its factor. */
const bar = (field) => {
  const share = field.factor ?? (field.value - field.low) / (field.high - field.low || 1);
  const fill = make("span", { className: "fill" });
  fill.style.width = `${(100 * Math.min(1, Math.max(0, field.measured ? share : 0))).toFixed(1)}%`;
  return make("li", { title: field.about },
    make("span", { className: "part" }, nameElement(field.name)),
    make("span", { className: "value" }, field.measured ? two(field.value) : nameElement(String(field.value)),
      field.taken === undefined ? null : make("span", { className: "soft" }, ` takes ${percent(field.taken)}`)),
    field.measured ? make("span", { className: "bar", "aria-hidden": "true" }, fill) : null,
    field.why ? make("span", { className: "soft why" }, nameElement(field.why)) : null);
};

/** The calculation of depth from its parts, to four decimals. */
const sum = (i, made) => {
  const why = reason(i);
  const factors = made.map((part) => part.factor.toFixed(4)).join(" × ");
  const weights = made.map((part) => `${part.name} ${part.weight}`).join(", ");
  return make("details", { className: "reason" }, make("summary", {}, "The calculation"),
    make("p", {}, `${factors} = ${made.reduce((product, part) => product * part.factor, 1).toFixed(4)}`),
    make("p", {}, nameElement(`Each factor is (0.02 + 0.98 × value) to the power of its weight: ${weights}.`)),
    why ? make("p", {}, nameElement(why)) : null);
};

const parts = (i) => {
  const all = fields(i);
  const made = depthParts(i);
  const others = all.filter((field) => !(field.weight > 0 && field.measured));
  const found = [];
  if (made.length) {
    const most = made.reduce((worst, part) => (part.taken > worst.taken ? part : worst));
    found.push(heading("What depth is made of"), make("ul", { className: "bars" }, ...made.map(bar)),
      made.length > 1 ? make("p", { className: "held" }, "What costs most depth: ",
        make("strong", {}, nameElement(partWords(most.name))), ` (−${two(most.lost)})`) : null, sum(i, made));
  }
  if (others.length) {
    found.push(heading("Also scored"), make("ul", { className: "bars" }, ...others.map(bar)));
  }
  if (details.styled[i]) {
    found.push(make("p", { className: "soft" }, nameElement(details.styled[i])));
  }
  return found;
};

const met = (i) => {
  const found = encounters(i);
  if (!found.length) {
    return hasEvidence || !details.contacts[i] ? [] : [make("p", { className: "soft" }, "Encounters are left out of this page.")];
  }
  const row = (one) => {
    const long = one.minutes && one.ofMinutes > one.minutes ? `${one.minutes} of ${one.ofMinutes} min` : `${one.minutes} min`;
    const how = [one.channel, one.minutes ? long : null].filter(Boolean).join(", ");
    const started = { me: "you started it", them: "they started it", both: "both started it" }[one.by];
    const company = one.others.length ? `with ${one.others.slice(0, 3).map((other) => people.name[other]).join(", ")}${
      one.others.length > 3 ? ` and ${one.others.length - 3} more` : ""}` : null;
    const file = links.file(one.path);
    return make("li", {},
      make("time", {}, date(one.ago)),
      link(links.obsidian(one.path), nameElement(one.title)),
      make("span", { className: "soft" }, nameElement([how, company, started, one.line > 1 ? `line ${one.line}` : ""].filter(Boolean).join(" · "))),
      file ? make("a", { className: "file", href: file, rel: "noreferrer", "aria-label": `File of ${one.title}` }, "file") : null);
  };
  const list = make("ol", { className: "met" }, ...found.slice(0, FIRST).map(row));
  const unknown = details.contacts[i] - found.length;
  const before = unknown > 0 ? make("p", { className: "soft" }, `and ${unknown} before: `,
    link(links.search(people.name[i]), hasVault ? "find them in Obsidian" : "in your notes")) : null;
  if (found.length <= FIRST) {
    return [heading("Last encounters"), list, before];
  }
  const all = make("button", { type: "button", className: "bare", onclick: () => {
    list.append(...found.slice(FIRST).map(row));
    all.replaceWith(before ?? "");
  } }, `${found.length - FIRST} more`);
  return [heading("Last encounters"), list, all];
};
/** The best way to spend two hours on this tie; nothing if it was not computed. */
const advice = (i) => {
  const found = moves(i);
  return !found ? [] : [make("p", { id: "advice" }, make("strong", {}, "What would help most: "), nameElement(found.what),
    make("span", { className: "soft" }, ` (to ${depthText(found.depth)})`))];
};
/** Open promises. */
const promised = (i) => {
  const found = promises(i);
  const turn = { me: "your turn", them: "their turn" };
  const rest = found.length - SHARED;
  return !found.length ? [] : [heading("Open promises"), make("ul", { className: "promises" }, ...found.slice(0, SHARED).map((one) =>
    make("li", {}, link(links.obsidian(one.path), nameElement(one.text)),
      turn[one.owed] ? make("span", { className: "soft" }, ` ${turn[one.owed]}`) : null)),
  rest > 0 ? make("li", { className: "soft" }, `and ${rest} more`) : null)];
};

/** The latest mentions: dated lines that name the person without a contact. */
const mentioned = (i) => {
  const found = mentions(i);
  const row = (one) => make("li", {}, make("time", {}, date(one.ago)),
    link(links.obsidian(one.path), nameElement(one.path ? noteTitle(one.path) : "a note")),
    make("span", { className: "soft" }, one.line > 1 ? ` line ${one.line}` : ""));
  return !found.length ? [] : [heading("Last mentions, not counted as contact"), make("ol", { id: "mentions", className: "met" }, ...found.map(row))];
};

const between = (strength) => (!data.tiesScored ? `met ${strength} ${strength === 1 ? "time" : "times"}`
  : strength < 0 ? "hardly met each other, not scored" : `depth ${two(strength / 100)} between them`);
/** The network's communities to which a person belongs, or which they join. */
const groups = (i) => {
  const found = belongsTo(i);
  if (!found) {
    return null;
  }
  const joinNames = (names) => names.flatMap((one, place) => [
    place === 0 ? "" : place === names.length - 1 ? " and " : ", ", make("strong", {}, nameElement(one))]);
  return found.joins ? make("p", { className: "joins" }, "Joins the people ", ...joinNames(found.joins))
    : make("p", { className: "joins soft" }, "Community: ", nameElement(found.own));
};

const shared = (i) => {
  const others = near()[i];
  if (!others.length) {
    return [];
  }
  const row = make("div", { className: "switches" });
  const show = (from, to) => others.slice(from, to).map(([other, strength]) => {
    const dot = dotElement(ink.person[other]);
    return make("button", {
      type: "button", className: "switch", "aria-pressed": "true",
      title: between(strength),
      onclick: () => choose(other, { look: true }),
    }, dot, nameElement(people.name[other]));
  });
  row.append(...show(0, SHARED));
  if (others.length > SHARED) {
    const all = make("button", { type: "button", className: "bare", onclick: () => {
      all.remove();
      row.append(...show(SHARED, others.length));
    } }, `${others.length - SHARED} more`);
    row.append(all);
  }
  return [heading("Shared people"), row];
};

const history = (i) => {
  const curve = depthCurve(i);
  return curve ? [heading("Depth through the months"), curve] : [];
};
const grip = () => makeGrip(make("button", { type: "button", className: "grip" }));
const fill = (i) => {
  if (isNotes) {
    panel.replaceChildren(grip(), headline(i), ...notePanel(i));
    panel.scrollTop = 0;
    return;
  }
  panel.replaceChildren(grip(), headline(i), figures(i), then(i), times(i), groups(i) ?? "", ...advice(i), ...promised(i), ...history(i), pathSection, ...parts(i).filter(Boolean), ...met(i).filter(Boolean), ...mentioned(i), ...shared(i));
  panel.scrollTop = 0;
};

/** The tie in the month shown, unless that is now. */
const then = (i) => {
  const box = make("p", { id: "then" });
  showMonth(box, i);
  return box;
};
const showMonth = (box, i) => {
  box.hidden = !isPast();
  const depth = timeline.depthOf(i, state.month);
  const warm = monthState.warm[i] === "not known" ? "" : `, ${monthState.warm[i]}`;
  box.replaceChildren(make("strong", {}, `End of ${monthName(state.month)}`), " ",
    Number.isNaN(depth) ? "not met yet" : `${depthText(depth)} ${monthState.tie[i]}${warm}`,
    make("span", { className: "soft why" }, "Everything else here is as of today."));
};
onChange((changed) => changed.has("month") && state.chosen >= 0 && document.getElementById("then")
  && showMonth(document.getElementById("then"), state.chosen));

/** One line about a person, for screen readers. */
export const personLine = (i) => {
  const known = timeline.depthOf(i, state.month);
  const depth = isNotes ? noteLine(i) : Number.isNaN(known) ? "not met yet" : `depth ${depthText(known)}, ${monthState.tie[i]}`;
  const warm = monthState.warm[i] === "not known" ? "" : `, ${monthState.warm[i]}`;
  const last = isPast() ? `, end of ${monthName(state.month)}` : people.last[i] === null ? "" : `, ${data.words.lastinline} ${since(people.last[i])}`;
  const scene = data.scenes.names.length > 1 ? `, ${data.scenes.names[people.scene[i]]}` : "";
  return `${people.name[i]}, ${depth}${warm}${last}${scene}`;
};

export const showPanel = () => {
  const was = panel.hidden;
  panel.hidden = state.chosen < 0;
  document.body.classList.toggle("chosen", !panel.hidden);
  document.title = panel.hidden ? title : `${people.name[state.chosen]} – ${title}`;
  if (!panel.hidden) {
    fill(state.chosen);
    announce(personLine(state.chosen) + (isShown(state.chosen) ? "" : `, ${whyHidden(state.chosen, state.month)}`));
  }
  if (was !== panel.hidden && (!state.at || isCompact())) {
    placeCamera();
  }
  redraw();
};
onChange((changed) => changed.has("chosen") && showPanel());
onTheme(() => state.chosen >= 0 && fill(state.chosen));
