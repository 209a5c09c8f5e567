// Where everybody is to stand in the picture shown, and the way there, the camera with them. Draws nothing.
"use strict";

(() => {
  const { told, people, state, listen, isStill, ringPlaces } = netnotes;
  const MILLISECONDS = 700;
  /** 0 in the rings, 1 in the network, between the two while people are on their way. */
  let turned = 0;
  let run = 0;
  let busy = false;

  const grouping = () => told.groupings[state.by];
  const isNetwork = () => state.view === "network";
  const places = () => (isNetwork() ? told.network : ringPlaces());

  /** Move everybody to where the picture has them; at once if `quick`. */
  const arrange = (quick) => {
    const from = [people.x.slice(), people.y.slice(), turned];
    const to = isNetwork() ? 1 : 0;
    const started = performance.now();
    const own = (run += 1);
    busy = true;
    const step = () => {
      if (own !== run) {
        return;
      }
      const passed = quick || isStill() ? 1 : Math.min(1, (performance.now() - started) / MILLISECONDS);
      // Asked for in every step: the months may go on meanwhile.
      const { x, y } = places();
      const share = passed < 0.5 ? 4 * passed ** 3 : 1 - (2 - 2 * passed) ** 3 / 2;
      for (let i = 0; i < people.count; i += 1) {
        people.x[i] = from[0][i] + (x[i] - from[0][i]) * share;
        people.y[i] = from[1][i] + (y[i] - from[1][i]) * share;
      }
      turned = from[2] + (to - from[2]) * share;
      netnotes.stir();
      if (!quick && from[2] !== to && !state.at) {
        netnotes.settle(true);
      }
      netnotes.redraw();
      if (passed < 1) {
        requestAnimationFrame(step);
      } else {
        busy = false;
      }
    };
    step();
  };
  /** Put everybody where the moment shown has them, unless they are on their way there. */
  const follow = () => {
    if (!busy && !isNetwork()) {
      const { x, y } = places();
      people.x.set(x);
      people.y.set(y);
    }
    netnotes.stir(!isNetwork());
  };

  listen((changed) => {
    if (changed.has("view") || (changed.has("by") && !isNetwork())) {
      arrange();
    }
  });

  Object.assign(netnotes, { grouping, isNetwork, arrange, follow, turned: () => turned });
})();
