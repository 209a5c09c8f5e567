// What is known of the person chosen: depth with its parts, why, the last encounters, what to do next, whom we share.
"use strict";

(() => {
  const {
    told, people, near, state, set, listen, fields, reason, encounters, date, since, links, ink, make, name, reveal,
    settle, redraw, isShown, wide, drawn, standing, past, isPast, monthName, hidden, ME,
  } = netnotes;
  const panel = document.getElementById("panel");
  const said = document.getElementById("said");
  const SHARED = 12;

  const two = (value) => value.toFixed(2);
  const heading = (text) => make("h3", {}, text);
  /** A link; only to the two kinds of address that open notes. */
  const link = (address, ...children) =>
    /^(obsidian|file):\/\//.test(address ?? "") || /^file:\/\/\//.test(address ?? "")
      ? make("a", { href: address, rel: "noreferrer" }, ...children) : make("span", {}, ...children);

  const headline = (i) => {
    const close = make("button", {
      type: "button", className: "close", "aria-label": "Close", title: "Close (Esc)", onclick: () => leave(),
    }, "×");
    const title = make("h2", { tabIndex: -1 }, name(people.name[i]));
    const scene = ["scene", "folder"].includes(told.scenes.by) ? told.scenes.names[people.scene[i]] : null;
    const where = [scene, people.company[i]].filter(Boolean);
    const line = make("p", { className: "soft" });
    const dot = make("i", { className: "dot" });
    dot.style.background = ink.person[i];
    line.append(dot, ...where.flatMap((word, place) => (place ? [" · ", name(word)] : [name(word)])));
    const also = people.aliases[i].length
      ? make("p", { className: "soft" }, "also ", ...people.aliases[i].flatMap((alias, place) =>
        (place ? [", ", name(alias)] : [name(alias)]))) : null;
    return make("header", {}, close, title, where.length ? line : null, also, opening(i));
  };

  const opening = (i) => {
    if (!told.vault.name) {
      // A page without names has no vault to open, and does not say who has a note.
      return null;
    }
    if (!people.note[i]) {
      return make("p", { className: "soft" }, "No note of their own yet");
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
    return make("p", { className: "figure" }, make("strong", {}, two(people.depth[i])),
      make("span", { className: "tie" }, people.tie[i]), warm);
  };

  const times = (i) => {
    const rows = make("dl", {});
    const row = (word, ...value) => rows.append(make("dt", {}, word), make("dd", {}, ...value));
    if (people.last[i] !== null) {
      row("Last contact", date(people.last[i]), make("span", { className: "soft" }, ` ${since(people.last[i])}`));
    }
    if (people.due[i] !== null) {
      const overdue = people.due[i] > 0;
      row("Follow up", make("span", { className: overdue ? "due" : "" }, date(people.due[i]), ` ${since(people.due[i])}`),
        people.dueWhy[i] ? make("span", { className: "soft why" }, people.dueWhy[i]) : null);
    }
    if (people.contacts[i]) {
      const days = people.days[i] === 1 ? "1 day" : `${people.days[i]} days`;
      row("In touch", `on ${days}`, people.first[i] === null ? ""
        : make("span", { className: "soft" }, ` since ${date(people.first[i])}`));
    }
    return rows;
  };

  const bar = (field) => {
    const share = field.measured ? Math.min(1, Math.max(0, (field.value - field.low) / (field.high - field.low || 1))) : 0;
    const fill = make("span", { className: "fill" });
    fill.style.width = `${(100 * share).toFixed(1)}%`;
    return make("li", { title: field.about },
      make("span", { className: "part" }, name(field.name)),
      make("span", { className: "value" }, field.measured ? two(field.value) : name(String(field.value))),
      field.measured ? make("span", { className: "bar", "aria-hidden": "true" }, fill) : null,
      field.why ? make("span", { className: "soft why" }, name(field.why)) : null);
  };

  const parts = (i) => {
    const all = fields(i);
    const made = all.filter((field) => field.weight > 0 && field.measured);
    const others = all.filter((field) => !made.includes(field));
    const found = [];
    if (made.length) {
      const lowest = made.reduce((least, part) => (part.value < least.value ? part : least));
      found.push(heading("What depth is made of"), make("ul", { className: "bars" }, ...made.map(bar)),
        made.length > 1 ? make("p", { className: "held" }, "Held back by ", make("strong", {}, name(lowest.name))) : null);
    }
    const why = reason(i);
    if (why) {
      found.push(make("details", { className: "reason" }, make("summary", {}, "The sum"), make("p", {}, name(why))));
    }
    if (others.length) {
      found.push(heading("Also scored"), make("ul", { className: "bars" }, ...others.map(bar)));
    }
    if (people.styled[i]) {
      found.push(make("p", { className: "soft" }, name(people.styled[i])));
    }
    return found;
  };

  const met = (i) => {
    const found = encounters(i);
    if (!found.length) {
      return told.evidence || !people.contacts[i] ? [] : [make("p", { className: "soft" }, "Encounters are left out of this page.")];
    }
    const more = people.contacts[i] - found.length;
    const rows = found.map((one) => {
      const how = [one.channel, one.minutes ? `${one.minutes} min` : null].filter(Boolean).join(", ");
      const file = one.path ? links.file(one.path) : null;
      return make("li", {},
        make("time", {}, date(one.ago)),
        one.path ? link(links.obsidian(one.path), name(one.title)) : name(one.title),
        make("span", { className: "soft" }, [how, one.line > 1 ? `line ${one.line}` : ""].filter(Boolean).join(" · ")),
        file ? make("a", { className: "file", href: file, rel: "noreferrer", "aria-label": `File of ${one.title}` }, "file") : null);
    });
    return [heading("Last encounters"), make("ol", { className: "met" }, ...rows),
      more > 0 ? make("p", { className: "soft" }, `and ${more} before`) : null];
  };

  const between = (strength) => (!told.tiesScored ? `met ${strength} ${strength === 1 ? "time" : "times"}`
    : strength < 0 ? "hardly met each other, not scored" : `depth ${two(strength / 100)} between them`);
  /** Which of the network's groups a person is of, or joins. */
  const groups = (i) => {
    const found = netnotes.groups.belongs(i);
    if (!found) {
      return null;
    }
    const said = (names) => names.flatMap((one, place) => [
      place === 0 ? "" : place === names.length - 1 ? " and " : ", ", make("strong", {}, name(one))]);
    return found.joins ? make("p", { className: "joins" }, "Joins the people ", ...said(found.joins))
      : make("p", { className: "joins soft" }, "One of those ", name(found.own));
  };

  const shared = (i) => {
    const others = near[i];
    if (!others.length) {
      return [];
    }
    const row = make("div", { className: "switches" });
    const show = (from, to) => others.slice(from, to).map(([other, strength]) => {
      const dot = make("i", { className: "dot" });
      dot.style.background = ink.person[other];
      return make("button", {
        type: "button", className: "switch", "aria-pressed": "true",
        title: between(strength),
        onclick: () => choose(other, { look: true }),
      }, dot, name(people.name[other]));
    });
    row.append(...show(0, SHARED));
    if (others.length > SHARED) {
      const all = make("button", { type: "button", className: "bare", onclick: () => {
        all.remove();
        row.append(...show(SHARED, others.length));
      } }, `${others.length - SHARED} more`);
      row.append(all);
    }
    return [heading(`Shared people`), groups(i), row];
  };

  const fill = (i) => {
    if (netnotes.isNotes) {
      panel.replaceChildren(headline(i), ...netnotes.notePanel(i));
      panel.scrollTop = 0;
      return;
    }
    panel.replaceChildren(headline(i), figures(i), then(i), times(i), netnotes.doorSection, ...parts(i).filter(Boolean), ...met(i).filter(Boolean), ...shared(i));
    panel.scrollTop = 0;
  };

  /** How the tie stood in the month shown, where that is not now. */
  const then = (i) => {
    const box = make("p", { id: "then" });
    tellThen(box, i);
    return box;
  };
  const tellThen = (box, i) => {
    box.hidden = !isPast();
    const depth = past.depthOf(i, state.month);
    const warm = standing.warm[i] === "not known" ? "" : `, ${standing.warm[i]}`;
    box.replaceChildren(make("strong", {}, `End of ${monthName(state.month)}`), " ",
      Number.isNaN(depth) ? "not met yet" : `${two(depth)} ${standing.tie[i]}${warm}`,
      make("span", { className: "soft why" }, "All else here is as of today."));
  };
  listen((changed) => changed.has("month") && state.chosen >= 0 && document.getElementById("then")
    && tellThen(document.getElementById("then"), state.chosen));

  /** Choose a person; `look` brings the person into view, and draws those left out if that is where the person is. */
  const choose = (i, { look = false } = {}) => {
    if (i >= drawn()) {
      set({ all: true });
    }
    // The way from me goes along to whomever one looks at next; one to somebody else was asked for of this person.
    set({ chosen: i, pointed: -1, way: 0, ...(i >= 0 && state.to === ME ? {} : { to: null }) });
    if (look && i >= 0) {
      reveal(i);
    }
  };
  /** Leave the way that is drawn, else the person. */
  const leave = () => {
    if (state.chosen >= 0 && state.to !== null) {
      set({ to: null, way: 0 });
      return;
    }
    choose(-1);
    document.getElementById("picture").focus({ preventScroll: true });
  };

  /** One line about a person, as read out. */
  const line = (i) => {
    const depth = netnotes.isNotes ? netnotes.noteLine(i) : Number.isNaN(people.depth[i]) ? "not met yet" : `depth ${two(people.depth[i])}, ${people.tie[i]}`;
    const warm = people.warm[i] === "not known" ? "" : `, ${people.warm[i]}`;
    const last = people.last[i] === null ? "" : `, ${told.words.lastsaid} ${since(people.last[i])}`;
    const scene = told.scenes.names.length > 1 ? `, ${told.scenes.names[people.scene[i]]}` : "";
    return `${people.name[i]}, ${depth}${warm}${last}${scene}`;
  };

  const show = () => {
    const was = panel.hidden;
    panel.hidden = state.chosen < 0;
    document.body.classList.toggle("chosen", !panel.hidden);
    if (!panel.hidden) {
      fill(state.chosen);
      said.textContent = line(state.chosen) + (isShown(state.chosen) ? "" : `, ${hidden(state.chosen, state.month)}`);
    }
    if (was !== panel.hidden && (!state.at || !wide())) {
      settle();
    }
    redraw();
  };
  listen((changed) => changed.has("chosen") && show());
  netnotes.onTheme(() => state.chosen >= 0 && fill(state.chosen));

  Object.assign(netnotes, { choose, leave, line, showPanel: show });
})();
