// The list as it is shown, as CSV for a spreadsheet; of an earlier month what that month tells, and no more.
"use strict";

(() => {
  const { told, people, fields, isShown, standing, past, state, isPast, isNotes } = netnotes;
  const DAY = 86400000;
  const [year, month, date] = told.today.split("-").map(Number);
  const FORMULA = /^'*[=+@\-\t\r\n＝＋－＠]/u;

  /** A text that a spreadsheet would run gets an apostrophe before it: names in notes are anybody's. */
  const cell = (value) => {
    if (typeof value !== "string") {
      return value === null || Number.isNaN(value) ? "" : String(value);
    }
    const text = FORMULA.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const day = (ago) => (ago === null ? null : new Date(Date.UTC(year, month - 1, date) - ago * DAY).toISOString().slice(0, 10));
  const two = (value) => (Number.isNaN(value) ? null : Math.round(value * 100) / 100);

  const WHO = [
    ["name", (i) => people.name[i]],
    ["scene", (i) => (told.scenes.by === "scene" ? told.scenes.names[people.scene[i]] : null)],
    ["company", (i) => people.company[i]],
    ["depth", (i) => two(past.depthOf(i, state.month))],
    ["tie", (i) => standing.tie[i]],
    ["warmth", (i) => two(past.warmthOf(i, state.month))],
    ["warm", (i) => (standing.warm[i] === "not known" ? null : standing.warm[i])],
  ];
  const TODAY = [
    ["last contact", (i) => day(people.last[i])],
    ["follow up", (i) => day(people.due[i])],
    ["first contact", (i) => day(people.first[i])],
    ["contacts", (i) => people.contacts[i]],
    ["days", (i) => people.days[i]],
    ...told.fields.map(([field]) => [field, (i) => {
      const found = fields(i).find(({ name }) => name === field);
      return found?.measured ? Math.round(found.value * 1e4) / 1e4 : found?.value ?? null;
    }]),
  ];

  const NOTES = [
    ["name", (i) => people.name[i]],
    [told.scenes.by, (i) => told.scenes.names[people.scene[i]]],
    ["links", (i) => told.degree[i]],
    ["deep links", (i) => told.deepLinks[i]],
    ["last linked", (i) => day(people.last[i])],
    ["path", (i) => people.key[i]],
  ];

  /** Everybody whom the list holds, in its order, one line each. */
  const csv = () => {
    const columns = isNotes ? NOTES : isPast() ? WHO : [...WHO, ...TODAY];
    const rows = standing.order.filter(isShown).map((i) => columns.map(([, read]) => read(i)));
    const lines = [columns.map(([column]) => column), ...rows];
    // The mark at the beginning tells spreadsheets that names are written in UTF-8.
    return `\ufeff${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
  };

  Object.assign(netnotes, { csv });
})();
