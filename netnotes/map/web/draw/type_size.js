// The size of text on the picture: smaller on a phone, larger on a large screen, which is viewed from further away.

/** Pixels of the shorter side below which a picture is a phone's, and of its width from which it is a large screen's. */
const [PHONE, SCREEN] = [520, 1800];

export const isPhone = (view) => Math.min(view.width, view.height) < PHONE;
/** Pixels by which text is larger than usual on this picture; negative for smaller. */
export const largerBy = (view) => (isPhone(view) ? -1.5 : view.width > SCREEN ? 3.5 : 0);
