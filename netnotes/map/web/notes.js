// What is known of a note, where the page shows notes: how it is linked, deeply or not, and which way.
"use strict";

(() => {
  const { told, people, near, ink, json, make, name, date, since } = netnotes;
  const MOST = 12;
  const isNotes = told.kind === "notes";

  let ways = null;
  /** Links of each note: "i other" → [how often it links there, how often it is linked from there, days between]. */
  const between = () => {
    if (!ways) {
      ways = new Map();
      let at = 0;
      for (const row of json("edges")) {
        let to = row[0];
        for (let place = 1; place < row.length; place += 2, at += 1) {
          to += row[place];
          const [forth, back, days] = [told.ways[2 * at], told.ways[2 * at + 1], told.spans[at]];
          ways.set(`${row[0] - 1} ${to - 1}`, [forth, back, days]);
          ways.set(`${to - 1} ${row[0] - 1}`, [back, forth, days]);
        }
      }
    }
    return ways;
  };

  const many = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;
  const lasting = (days) => (days < 14 ? many(days, "day") : days < 70 ? many(Math.round(days / 7), "week")
    : days < 730 ? many(Math.round(days / 30.4), "month") : many(Math.round(days / 365.25), "year"));
  /** Why a link is as deep as it is. */
  const why = (i, other) => {
    const [forth, back, days] = between().get(`${i} ${other}`);
    const parts = [forth && back ? "both ways" : null, many(forth + back, "link"), days > 0 ? `over ${lasting(days)}` : null];
    return parts.filter(Boolean).join(", ");
  };

  const figures = (i) => {
    const count = told.degree[i];
    if (!count) {
      return make("p", { className: "figure" }, make("strong", {}, "not linked"));
    }
    return make("p", { className: "figure" }, make("strong", {}, String(count)),
      make("span", { className: "tie" }, `link${count === 1 ? "" : "s"}, ${told.deepLinks[i] || "none"} deep`));
  };
  const times = (i) => (people.last[i] === null ? null : make("dl", {}, make("dt", {}, "Last linked"),
    make("dd", {}, date(people.last[i]), make("span", { className: "soft" }, ` ${since(people.last[i])}`))));

  const listed = (title, i, others) => {
    if (!others.length) {
      return [];
    }
    const row = make("ul", { className: "linked" });
    const show = (from, to) => others.slice(from, to).map(([other, strength]) => {
      const dot = make("i", { className: "dot" });
      dot.style.background = ink.person[other];
      return make("li", {}, make("button", {
        type: "button", className: "bare", title: `depth ${(strength / 100).toFixed(2)}`,
        onclick: () => netnotes.choose(other, { look: true }),
      }, dot, name(people.name[other])), make("span", { className: "soft" }, why(i, other)));
    });
    row.append(...show(0, MOST));
    const all = others.length > MOST ? make("button", { type: "button", className: "bare", onclick: () => {
      all.remove();
      row.append(...show(MOST, others.length));
    } }, `${others.length - MOST} more`) : null;
    return [make("h3", {}, title), row, all].filter(Boolean);
  };
  /** The links of a note, each once: the deep ones, else by their way. */
  const links = (i) => {
    const deep = near[i].filter(([, strength]) => strength >= 100 * told.deep);
    const rest = near[i].filter(([, strength]) => strength < 100 * told.deep);
    const goes = ([other]) => between().get(`${i} ${other}`)[0] > 0;
    const unshown = told.degree[i] - near[i].length;
    return [...listed("Deep links", i, deep), ...listed("Links to", i, rest.filter(goes)),
      ...listed("Linked from", i, rest.filter((one) => !goes(one))),
      unshown > 0 ? make("p", { className: "soft" }, `${many(unshown, "link")} to notes that this page leaves out`) : null]
      .filter(Boolean);
  };
  const styled = (i) => (people.styled[i] ? make("p", { className: "soft" }, name(people.styled[i])) : null);

  Object.assign(netnotes, {
    isNotes,
    /** The panel below its head. */
    notePanel: (i) => [figures(i), times(i), styled(i), ...links(i)].filter(Boolean),
    /** One line about a note, as read out and shown when pointed at. */
    noteLine: (i) => (told.degree[i] ? `${many(told.degree[i], "link")}, ${told.deepLinks[i] || "none"} deep` : "not linked"),
  });
})();
