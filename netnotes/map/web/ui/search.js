// Search with suggestions. Names and aliases, accents folded; a name's beginning counts more than its middle.
import { rank } from "../lib/search.js";
import { fold } from "../lib/text.js";
import { whyHidden } from "../state/month_state.js";
import { data, depthText, people, searchable } from "../state/page_data.js";
import { onChange, setState, state } from "../state/view_state.js";
import { isShown } from "../state/visible.js";
import { invalidate } from "../draw/frame.js";
import { highlightMatches } from "../draw/highlight.js";
import { ink } from "../draw/theme.js";
import { choose } from "./choose.js";
import { dotElement, make, nameElement } from "./elements.js";

const input = document.getElementById("search");
const MOST = 8;

/** Everybody whose name or alias holds the words, the best match first, then the deepest. */
export const search = (query) => {
  const wanted = fold(query.trim());
  if (!wanted) {
    return [];
  }
  const matches = [];
  for (let i = 0; i < people.count; i += 1) {
    const how = rank(searchable()[i], wanted);
    if (how >= 0) {
      matches.push([how, i]);
    }
  }
  return matches.sort((one, other) => one[0] - other[0] || one[1] - other[1]).map(([, i]) => i);
};

/**
 * Let a field suggest people as one types, walked with the arrow keys; `on.pick(i)` takes one, `on.type(text)` hears
 * what is typed, `on.leave()` is where Escape goes from an empty field. `list` shows them; `except` are no choice.
 */
export const suggesting = (field, list, on) => {
  let found = [];
  let at = -1;

  const show = () => {
    const matches = search(field.value).filter((i) => !on.except?.includes(i));
    found = matches.slice(0, MOST);
    at = found.length ? 0 : -1;
    list.replaceChildren(...found.map(row));
    if (matches.length > MOST) {
      list.append(make("li", { className: "soft note", role: "presentation" }, `${matches.length - MOST} more`));
    }
    if (!matches.length && field.value.trim()) {
      list.append(make("li", { className: "soft note", role: "presentation" }, data.words.nobody));
    }
    open(field.value.trim() !== "");
    point();
  };
  const row = (i, place) => {
    const depth = Number.isNaN(people.depth[i]) ? data.words.none : depthText(people.depth[i]);
    const wanted = fold(field.value.trim());
    const alias = rank(searchable()[i], wanted) > 2 ? people.aliases[i].find((one) => fold(one).includes(wanted)) : null;
    const dot = dotElement(ink.person[i]);
    return make(
      "li", { id: `${list.id}-${place}`, role: "option", "aria-selected": String(place === at), onmousedown: (event) => {
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
  const take = (i) => {
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
  type: (query) => setState({ query }),
  taken: toPicture,
  leave: toPicture,
});
onChange((changed) => {
  if (changed.has("query") && state.query !== input.value) {
    input.value = state.query;
  }
});
/** Put the keyboard into the search. */
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
