// The key: what the signs of the picture mean.
import { data, isNotes } from "../state/page_data.js";
import { make } from "./elements.js";

const list = document.getElementById("key");

/** Build the key to the picture. */
export const buildKey = () => {
  const entry = (className, text, of = "") => make("li", { className: of }, make("i", { className }), text);
  const { rounds, joining } = data.network;
  if (isNotes) {
    list.append(entry("dot large", "more and deeper links"), entry("dot", "few"),
      entry("line thick", "deep: both ways, or many over years"), entry("line", "shallow"), entry("dot hollow", "not linked"),
      ...(rounds.length ? [entry("ground", "a few that all link to each other")] : []),
      ...(joining.length ? [entry("dot joint", "joins groups")] : []));
    return;
  }
  list.append(
    entry("dot large", "deeper: nearer, larger", "in-rings"), entry("dot large", "deeper with me: larger", "in-network"),
    entry("dot", "warm"), entry("dot cool", "cooling"), entry("dot hollow", "dormant"),
    entry("line thick", "deep tie between others", "in-network"), entry("line", "shallow tie", "in-network"),
    ...(rounds.length ? [entry("ground", "a few who all meet each other", "in-network")] : []),
    ...(joining.length ? [entry("dot joint", "joins groups", "in-network")] : []));
  if (data.timeline) {
    list.append(make("li", { className: "traced in-rings" }, make("i", { className: "trace" }), "month by month"));
  }
};
