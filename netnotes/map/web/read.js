// Reads the page's data into arrays, one entry for each person, the deepest first. Draws nothing, changes nothing later.
"use strict";

const netnotes = (globalThis.netnotes = {});

(() => {
  const json = (id) => JSON.parse(document.getElementById(id).textContent);
  const nodes = json("nodes");
  const told = json("told");
  const raw = told.people;
  const count = nodes.id.length - 1;
  const DAY = 86400000;
  const [year, month, day] = told.today.split("-").map(Number);
  const today = Date.UTC(year, month - 1, day);

  /** Text of the table, null for none. */
  const text = (index) => (index < 0 ? null : told.strings[index]);

  const numbers = (values, scale = 1) => Float32Array.from(values, (value) => (value < 0 ? NaN : value / scale));

  // Compatibility forms and combining marks go; what no decomposition reaches is spelled out.
  const LETTERS = { ł: "l", ø: "o", đ: "d", ð: "d", ı: "i", ß: "ss", æ: "ae", œ: "oe", þ: "th", ħ: "h" };
  /** The text as search compares it: no case, no accents. */
  const fold = (value) =>
    value
      .normalize("NFKD")
      .replace(/\p{M}+/gu, "")
      .toLowerCase()
      .replace(/[łøđðıßæœþħ]/g, (letter) => LETTERS[letter]);

  const names = nodes.label.slice(1);
  const people = {
    count,
    key: raw.key,
    note: raw.note,
    name: names,
    aliases: Array.from({ length: count }, () => []),
    /** What stands on the map: the name, or what a styler says. */
    label: names.map((name, i) => text(raw.label[i]) ?? raw.name?.[i] ?? name),
    size: Float32Array.from(nodes.size.slice(1)),
    scene: Uint16Array.from(told.scenes.of),
    company: raw.company.map(text),
    /** 0 to 1, NaN for the never met. */
    depth: numbers(raw.depth, 10000),
    tie: raw.tie.map((index, i) => (raw.depth[i] < 0 ? told.words.none : text(index) ?? "unnamed")),
    warmth: numbers(raw.warmth, 100),
    warm: raw.warm.map((index) => text(index) ?? "not known"),
    /** Days before today; null for never. */
    last: raw.last,
    first: raw.first,
    due: raw.due,
    dueWhy: raw.dueWhy.map(text),
    days: raw.days,
    contacts: raw.contacts,
    group: raw.group,
    paint: raw.paint.map(text),
    width: raw.width,
    styled: raw.styled.map(text),
    /** Where everybody stands now; moves when the sectors change. */
    x: Float32Array.from(nodes.x.slice(1)),
    y: Float32Array.from(nodes.y.slice(1)),
  };
  for (const [i, ...aliases] of raw.aliases) {
    people.aliases[i] = aliases;
  }
  let folded = null;
  /** Name and aliases of everybody as search compares them; made when first asked for. */
  const searchable = () => (folded ??= names.map((name, i) => [fold(name), ...people.aliases[i].map(fold)]));
  const byKey = new Map(raw.key.map((key, i) => [key, i]));

  for (const grouping of told.groupings) {
    if (!grouping.x.length) {
      grouping.x = nodes.x.slice(1);
      grouping.y = nodes.y.slice(1);
    }
  }

  // Ties between others, for each person: [other, strength], the strongest first.
  const near = Array.from({ length: count }, () => []);
  for (const row of json("edges")) {
    let to = row[0];
    for (let at = 1; at < row.length; at += 2) {
      to += row[at];
      near[row[0] - 1].push([to - 1, row[at + 1]]);
      near[to - 1].push([row[0] - 1, row[at + 1]]);
    }
  }
  for (const others of near) {
    others.sort((one, other) => other[1] - one[1] || one[0] - other[0]);
  }
  const tieLooks = new Map(told.styledTies.map(([a, b, color, width]) => [`${a} ${b}`, { color, width }]));

  /** Every field of one person: name, about, value, reason, and its weight in depth (0: no part of it). */
  const fields = (i) => {
    const found = [];
    told.fields.forEach(([name, about, low, high], number) => {
      const [value, why] = raw.parts[number].map((column) => column[i]);
      if (value !== null) {
        const measured = typeof value === "number";
        found.push({
          name, about, low, high, measured, weight: told.weights[number], why: text(why),
          value: measured ? value / 10000 : value,
        });
      }
    });
    return found;
  };

  const short = (value) => value.toFixed(4).replace(/^0\./, ".");
  /** The reason line of depth. */
  const reason = (i) => {
    if (raw.reason[i] >= 0) {
      return text(raw.reason[i]);
    }
    const parts = fields(i).filter((field) => field.weight > 0 && field.measured);
    if (!parts.length) {
      return null;
    }
    const lowest = parts.reduce((least, part) => (part.value < least.value ? part : least));
    const said = parts.map((part) => `${part.name} ${short(part.value)}${part.why ? ` (${part.why})` : ""}`).join(" · ");
    return `depth ${people.depth[i].toFixed(2)} = ${said}; held back by: ${lowest.name}`;
  };

  let begins = null;
  /** The last encounters of one person, the latest first. */
  const encounters = (i) => {
    const table = told.encounters;
    const found = [];
    if (!begins) {
      begins = [];
      for (let at = 0; at < told.met.length; at += 1 + 2 * told.met[at]) {
        begins.push(at);
      }
    }
    const first = begins[i] ?? -1;
    for (let at = first + 1; first >= 0 && at <= first + 2 * told.met[first]; at += 2) {
      const number = told.met[at];
      const path = text(table.path[number]);
      const file = path?.split("/").pop().replace(/\.md$/i, "");
      found.push({
        ago: table.ago[number],
        minutes: told.met[at + 1],
        channel: text(table.channel[number]),
        title: text(table.title[number]) ?? file ?? "a note",
        path,
        line: table.line[number],
      });
    }
    return found;
  };

  const dates = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  /** The date that lies `ago` days before today, written out. */
  const date = (ago) => dates.format(new Date(today - ago * DAY));
  /** How long ago, in words. */
  const since = (ago) => {
    const days = Math.abs(ago);
    const [amount, unit] = days < 14 ? [days, "day"] : days < 70 ? [Math.round(days / 7), "week"]
      : days < 730 ? [Math.round(days / 30.4), "month"] : [Math.round(days / 365.25), "year"];
    if (days < 1) {
      return "today";
    }
    return ago > 0 ? `${amount} ${unit}${amount === 1 ? "" : "s"} ago` : `in ${amount} ${unit}${amount === 1 ? "" : "s"}`;
  };

  const note = (path) => path.replace(/\.md$/i, "");
  const links = {
    /** Address that opens a note in Obsidian. */
    obsidian: (path) =>
      `obsidian://open?vault=${encodeURIComponent(told.vault.name)}&file=${encodeURIComponent(note(path))}`,
    /** Address of the file; null where the vault's place is not known. */
    file: (path) =>
      told.vault.base === null ? null : `${told.vault.base}/${path.split("/").map(encodeURIComponent).join("/")}`,
  };

  Object.assign(netnotes, {
    json,
    told, nodes, people, near, searchable, byKey, text, fold, fields, reason, encounters, date, since, links,
    options: json("options"),
    tieLook: (a, b) => tieLooks.get(a < b ? `${a} ${b}` : `${b} ${a}`),
  });
})();
