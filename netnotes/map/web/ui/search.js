// Search with suggestions: people by name, and sets of people with something in common. Ignores accents.
import { matchRank, rank } from "../lib/search.js";
import { fold, plural } from "../lib/text.js";
import { commonSets, details, searchable, setTexts } from "../state/details.js";
import { monthState, whyHidden } from "../state/month_state.js";
import { data, depthText, people } from "../state/page_data.js";
import { onChange, setState, state } from "../state/view_state.js";
import { isShown } from "../state/visible.js";
import { invalidate } from "../draw/frame.js";
import { highlightMatches } from "../draw/highlight.js";
import { ink } from "../draw/theme.js";
import { choose } from "./choose.js";
import { announce, dotElement, make, nameElement } from "./elements.js";

const input = document.getElementById("search");
const MOST = 8;

/** Most sets suggested. */
const SETS = 3;

/** Everyone who matches the words by name or other details, the best match first, then the deepest. */
export const search = (query) => {
  const wanted = fold(query.trim());
  if (!wanted) {
    return [];
  }
  const matches = [];
  for (let i = 0; i < people.count; i += 1) {
    const words = [...setTexts()[i], fold(monthState.tie[i]), fold(monthState.warm[i])];
    const how = matchRank(searchable()[i], words, wanted);
    if (how >= 0) {
      matches.push([how, i]);
    }
  }
  return matches.sort((one, other) => one[0] - other[0] || one[1] - other[1]).map(([, i]) => i);
};

/**
 * Let a field suggest people while typing, in `list`, with arrow keys. `on.pick(i)` gets the choice, `on.type(text)`
 * each input; Escape in an empty field calls `on.leave()`. People in `on.except` are not suggested.
 */
export const suggesting = (field, list, on) => {
  let found = [];
  let at = -1;

  const setsFor = (value) => {
    const wanted = fold(value.trim());
    return !on.takesSets || wanted.length < 2 ? [] : commonSets().filter((set) => set.folded.includes(wanted))
      .sort((one, other) => other.members.length - one.members.length).slice(0, SETS);
  };
  const setRow = (set) => make("li", { role: "option", "aria-selected": "false", className: "set", onmousedown: (event) => {
    event.preventDefault();
    takeSet(set);
  } }, make("span", { className: "soft" }, set.kind), nameElement(set.value), make("span", { className: "end soft" }, String(set.members.length)));

  const show = () => {
    const sets = setsFor(field.value);
    const matches = search(field.value).filter((i) => !on.except?.includes(i));
    found = [...matches.slice(0, MOST - sets.length), ...sets];
    const isNamed = matches.length > 0;
    at = found.length ? 0 : -1;
    list.replaceChildren(...found.map((one, place) => {
      const item = typeof one === "number" ? row(one, place) : setRow(one);
      item.id = `${list.id}-${place}`;
      return item;
    }));
    if (matches.length > MOST) {
      list.append(make("li", { className: "soft note", role: "presentation" }, `${matches.length} in all, highlighted on the map`));
    }
    if (!isNamed && field.value.trim()) {
      list.append(make("li", { className: "soft note", role: "presentation" }, data.words.nobody));
    }
    open(field.value.trim() !== "");
    point();
  };
  const row = (i, place) => {
    const depth = Number.isNaN(people.depth[i]) ? data.words.none : depthText(people.depth[i]);
    const wanted = fold(field.value.trim());
    const alias = rank(searchable()[i], wanted) > 2 ? details.aliases[i].find((one) => fold(one).includes(wanted)) : null;
    const dot = dotElement(ink.person[i]);
    return make(
      "li", { role: "option", "aria-selected": String(place === at), onmousedown: (event) => {
        event.preventDefault();
        take(i);
      } },
      dot, nameElement(people.name[i]), alias ? make("span", { className: "soft" }, " ", nameElement(alias)) : null,
      make("span", { className: "end soft" }, isShown(i) ? depth : `${depth}, ${whyHidden(i, state.month)}`),
    );
  };
  const open = (is) => {
    list.hidden = !is;
    field.setAttribute("aria-expanded", String(is));
  };
  const point = () => {
    [...list.querySelectorAll("[role=option]")].forEach((item, place) => {
      item.setAttribute("aria-selected", String(place === at));
    });
    if (at < 0 || list.hidden) {
      field.removeAttribute("aria-activedescendant");
    } else {
      field.setAttribute("aria-activedescendant", `${list.id}-${at}`);
    }
  };
  const takeSet = (set) => {
    field.value = set.value;
    open(false);
    on.type(set.value);
    announce(`${plural(set.members.length, "person").replace("persons", "people")}: ${set.value}`);
  };
  const take = (i) => {
    if (typeof i !== "number") {
      takeSet(i);
      return;
    }
    field.value = "";
    open(false);
    on.type("");
    on.pick(i);
  };

  field.addEventListener("input", () => {
    on.type(field.value);
    show();
  });
  field.addEventListener("focus", () => field.value.trim() && show());
  field.addEventListener("blur", () => open(false));
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) {
        show();
      } else if (found.length) {
        at = (at + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length;
        point();
      }
      event.preventDefault();
    } else if (event.key === "Enter" && at >= 0 && !list.hidden) {
      take(found[at]);
      on.taken?.();
      event.preventDefault();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (field.value) {
        field.value = "";
        on.type("");
        open(false);
      } else {
        on.leave();
      }
    }
  });
};

const toPicture = () => document.getElementById("picture").focus();
suggesting(input, document.getElementById("suggestions"), {
  pick: (i) => choose(i, { look: true }),
  takesSets: true,
  type: (query) => setState({ query }),
  taken: toPicture,
  leave: toPicture,
});
onChange((changed) => {
  if (changed.has("query") && state.query !== input.value) {
    input.value = state.query;
  }
});
/** Move the focus to the search field. */
export const focusSearch = () => {
  input.select();
  input.focus();
};
onChange((changed) => {
  if (changed.has("query")) {
    highlightMatches(search(state.query));
    invalidate(false);
  }
});
