// The list as shown, as CSV for a spreadsheet; for an earlier month, only the columns known of that month.
import { writeCsv } from "../lib/csv.js";
import { isoDate } from "../lib/dates.js";
import { details, fieldNames, fields } from "../state/details.js";
import { listOrder } from "../state/list_order.js";
import { isPast, monthState, timeline } from "../state/month_state.js";
import { data, depthText, isNotes, people } from "../state/page_data.js";
import { state } from "../state/view_state.js";
import { isShown } from "../state/visible.js";

const two = (value) => (Number.isNaN(value) ? null : Math.round(value * 100) / 100);

/** The depth that the list shows. */
const depth = (i) => {
  const value = timeline.depthOf(i, state.month);
  return Number.isNaN(value) ? null : Number(depthText(value));
};

const WHO = [
  ["name", (i) => people.name[i]],
  ["scene", (i) => (data.scenes.by === "scene" ? data.scenes.names[people.scene[i]] : null)],
  ["company", (i) => details.company[i]],
  ["depth", depth],
  ["tie", (i) => monthState.tie[i]],
  ["warmth", (i) => two(timeline.warmthOf(i, state.month))],
  ["warm", (i) => (monthState.warm[i] === "not known" ? null : monthState.warm[i])],
];
const TODAY = [
  ["last contact", (i) => isoDate(data.today, people.last[i])],
  ["follow up", (i) => isoDate(data.today, details.due[i])],
  ["first contact", (i) => isoDate(data.today, details.first[i])],
  ["contacts", (i) => details.contacts[i]],
  ["days", (i) => details.days[i]],
  ...fieldNames.map((field) => [field, (i) => {
    const found = fields(i).find(({ name }) => name === field);
    return found?.measured ? Math.round(found.value * 1e4) / 1e4 : found?.value ?? null;
  }]),
];

const NOTES = [
  ["name", (i) => people.name[i]],
  [data.scenes.by, (i) => data.scenes.names[people.scene[i]]],
  ["links", (i) => data.degree[i]],
  ["deep links", (i) => data.deepLinks[i]],
  ["last linked", (i) => isoDate(data.today, people.last[i])],
  ["path", (i) => people.key[i]],
];

/** Everyone in the list, in its order, as CSV. */
export const listCsv = () => {
  const columns = isNotes ? NOTES : isPast() ? WHO : [...WHO, ...TODAY];
  const rows = listOrder().filter(isShown).map((i) => columns.map(([, read]) => read(i)));
  return writeCsv([columns.map(([column]) => column), ...rows]);
};
