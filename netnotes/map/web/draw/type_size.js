// How large type is on the picture: smaller on a phone, larger on a large screen, from which one sits further away.

/** Pixels of the shorter side below which a picture is a phone's, and of its width from which it is a large screen's. */
const [PHONE, SCREEN] = [520, 1800];

export const isPhone = (view) => Math.min(view.width, view.height) < PHONE;
/** Pixels by which usual type is larger on this picture, negative for smaller. */
export const largerBy = (view) => (isPhone(view) ? -1.5 : view.width > SCREEN ? 3.5 : 0);
