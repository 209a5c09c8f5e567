// The panel of the chosen note, on a page of notes: its links, how deep they are, and in which direction.
import { durationWords } from "../lib/dates.js";
import { plural } from "../lib/text.js";
import { details } from "../state/details.js";
import { data, date, near, people, readJson, since } from "../state/page_data.js";
import { ink } from "../draw/theme.js";
import { choose } from "./choose.js";
import { dotElement, make, nameElement } from "./elements.js";

const MOST = 12;

let counts = null;
/** "i other" → [links from i to the other, links back, days between the first and the last]. */
const between = () => {
  if (!counts) {
    counts = new Map();
    let at = 0;
    for (const row of readJson("edges")) {
      let to = row[0];
      for (let place = 1; place < row.length; place += 2, at += 1) {
        to += row[place];
        const [forth, back, days] = [data.linkCounts[2 * at], data.linkCounts[2 * at + 1], data.spans[at]];
        counts.set(`${row[0] - 1} ${to - 1}`, [forth, back, days]);
        counts.set(`${to - 1} ${row[0] - 1}`, [back, forth, days]);
      }
    }
  }
  return counts;
};

/** Why a link is as deep as it is. */
const why = (i, other) => {
  const [forth, back, days] = between().get(`${i} ${other}`);
  const parts = [forth && back ? "both ways" : null, plural(forth + back, "link"), days > 0 ? `over ${durationWords(days)}` : null];
  return parts.filter(Boolean).join(", ");
};

const figures = (i) => {
  const count = data.degree[i];
  if (!count) {
    return make("p", { className: "figure" }, make("strong", {}, "not linked"));
  }
  return make("p", { className: "figure" }, make("strong", {}, String(count)),
    make("span", { className: "tie" }, `link${count === 1 ? "" : "s"}, ${data.deepLinks[i] || "none"} deep`));
};
const times = (i) => (people.last[i] === null ? null : make("dl", {}, make("dt", {}, "Last linked"),
  make("dd", {}, date(people.last[i]), make("span", { className: "soft" }, ` ${since(people.last[i])}`))));

const listed = (title, i, others) => {
  if (!others.length) {
    return [];
  }
  const row = make("ul", { className: "linked" });
  const show = (from, to) => others.slice(from, to).map(([other, strength]) => {
    const dot = dotElement(ink.person[other]);
    return make("li", {}, make("button", {
      type: "button", className: "bare", title: `depth ${(strength / 100).toFixed(2)}`,
      onclick: () => choose(other, { look: true }),
    }, dot, nameElement(people.name[other])), make("span", { className: "soft" }, why(i, other)));
  });
  row.append(...show(0, MOST));
  const all = others.length > MOST ? make("button", { type: "button", className: "bare", onclick: () => {
    all.remove();
    row.append(...show(MOST, others.length));
  } }, `${others.length - MOST} more`) : null;
  return [make("h3", {}, title), row, all].filter(Boolean);
};
/** The links of a note, each once: the deep ones, then the others by direction. */
const links = (i) => {
  const deep = near()[i].filter(([, strength]) => strength >= 100 * data.deep);
  const rest = near()[i].filter(([, strength]) => strength < 100 * data.deep);
  const goes = ([other]) => between().get(`${i} ${other}`)[0] > 0;
  const unshown = data.degree[i] - near()[i].length;
  return [...listed("Deep links", i, deep), ...listed("Links to", i, rest.filter(goes)),
    ...listed("Linked from", i, rest.filter((one) => !goes(one))),
    unshown > 0 ? make("p", { className: "soft" }, `${plural(unshown, "link")} to notes that this page leaves out`) : null]
    .filter(Boolean);
};
const styled = (i) => (details.styled[i] ? make("p", { className: "soft" }, nameElement(details.styled[i])) : null);
/** The panel of a note below its head. */
export const notePanel = (i) => [figures(i), times(i), styled(i), ...links(i)].filter(Boolean);
/** One line about a note, for screen readers and the tooltip. */
export const noteLine = (i) => (data.degree[i] ? `${plural(data.degree[i], "link")}, ${data.deepLinks[i] || "none"} deep` : "not linked");
