// Create elements of the page without parsing markup.

/** Make an element; strings among the children become text, never markup. */
export const make = (tag, properties = {}, ...children) => {
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
/** A name, whose writing direction does not affect its neighbours. */
export const nameElement = (text) => make("bdi", {}, text);
/** A dot in a colour. */
export const dotElement = (colour) => {
  const dot = make("i", { className: "dot" });
  dot.style.background = colour;
  return dot;
};

const region = document.getElementById("announcement");
/** Let screen readers read out a text. */
export const announce = (text) => (region.textContent = text);
