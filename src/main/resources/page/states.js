// The look of states: always a colour and a mark, because not everybody can tell colours apart.

const MARKS = {
  PENDING: '○', ONGOING: '▶', SUCCEEDED: '✓', FAILED: '✗', SKIPPED: '↷', CANCELLED: '⊘', STANDBY: '◌',
  RECOMMENDED: '◇', CANCELLING: '⊘', SUPERSEDED: '↷', DELETED: '–', REVERTED: '↺', PAUSED: '‖',
};
const COLOURS = {
  RECOMMENDED: 'pending', CANCELLING: 'cancelled', SUPERSEDED: 'skipped', DELETED: 'standby',
};

export const ACTION_STATES = ['SUCCEEDED', 'SKIPPED', 'FAILED', 'CANCELLED', 'ONGOING', 'PENDING', 'STANDBY'];
export const PLAN_STATES = [
  'RECOMMENDED', 'PENDING', 'ONGOING', 'CANCELLING', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'SUPERSEDED',
];

export const mark = (state) => MARKS[state] ?? '?';
export const variable = (state) => `--${COLOURS[state] ?? state.toLowerCase()}`;
export const ended = (state) => ['SUCCEEDED', 'FAILED', 'CANCELLED', 'SUPERSEDED', 'DELETED'].includes(state);

/** The looks of actions: their states, and that of succeeded actions that were reverted. */
export const LOOKS = ['SUCCEEDED', 'REVERTED', ...ACTION_STATES.slice(1)];
export const lookOf = (node) => (node.reverted ? 'REVERTED' : node.state);

/** The colours of the current colour scheme, for the canvas. */
export function palette() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  const colours = Object.fromEntries(LOOKS.map((state) => [state, read(variable(state))]));
  return { states: colours, panel: read('--panel'), line: read('--line'), text: read('--text'), soft: read('--soft'),
    accent: read('--accent'), focus: read('--focus') };
}
