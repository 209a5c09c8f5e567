// Search with suggestions. Names and aliases, accents folded; a name's beginning counts more than its middle.
"use strict";

(() => {
  const { told, people, state, set, listen, fold, searchable, ink, isShown, hidden } = netnotes;
  const input = document.getElementById("search");
  const MOST = 8;

  /** Make an element; strings among the children become text, never markup. */
  const make = (tag, properties = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (value === null || value === undefined || value === false) {
        continue;
      }
      if (name in element && name !== "list") {
        element[name] = value;
      } else {
        element.setAttribute(name, value);
      }
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  };
  /** A name that keeps its own direction to itself. */
  const name = (text) => make("bdi", {}, text);

  /** Rank of a match: 0 begins the name, 1 begins a word, 2 within; 3 and up for aliases; -1 for none. */
  const rank = (i, wanted) => {
    for (const [place, text] of searchable()[i].entries()) {
      const where = text.indexOf(wanted);
      if (where >= 0) {
        const word = where === 0 ? 0 : /[\s'’/-]/.test(text[where - 1]) ? 1 : 2;
        return word + (place ? 3 : 0);
      }
    }
    return -1;
  };

  /** Everybody whose name or alias holds the words, the best match first, then the deepest. */
  const search = (query) => {
    const wanted = fold(query.trim());
    if (!wanted) {
      return [];
    }
    const matches = [];
    for (let i = 0; i < people.count; i += 1) {
      const how = rank(i, wanted);
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
  const suggesting = (field, list, on) => {
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
        list.append(make("li", { className: "soft note", role: "presentation" }, told.words.nobody));
      }
      open(field.value.trim() !== "");
      point();
    };
    const row = (i, place) => {
      const depth = Number.isNaN(people.depth[i]) ? told.words.none : people.depth[i].toFixed(2);
      const wanted = fold(field.value.trim());
      const alias = rank(i, wanted) > 2 ? people.aliases[i].find((one) => fold(one).includes(wanted)) : null;
      const dot = make("i", { className: "dot" });
      dot.style.background = ink.person[i];
      return make(
        "li", { id: `${list.id}-${place}`, role: "option", "aria-selected": String(place === at), onmousedown: (event) => {
          event.preventDefault();
          take(i);
        } },
        dot, name(people.name[i]), alias ? make("span", { className: "soft" }, " ", name(alias)) : null,
        make("span", { className: "end soft" }, isShown(i) ? depth : `${depth}, ${hidden(i, state.month)}`),
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
    pick: (i) => netnotes.choose(i, { look: true }),
    type: (query) => set({ query }),
    taken: toPicture,
    leave: toPicture,
  });
  listen((changed) => {
    if (changed.has("query") && state.query !== input.value) {
      input.value = state.query;
    }
  });

  Object.assign(netnotes, { make, name, search, suggesting, focusSearch: () => input.select() || input.focus() });
})();
