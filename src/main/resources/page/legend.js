// What lines and marks mean.
import { EDGES } from './paint.js';
import { ACTION_STATES, mark, palette, variable } from './states.js';
import { el } from './dom.js';

const LINES = [
  ['depends_on', 'waits for'], ['alternative', 'waits for, since an alternative path was taken'],
  ['replaced', 'waited for, before one was taken'], ['standby', 'alternative path, not taken'],
  ['taken', 'alternative path, taken'], ['reverts', 'undoes'],
];

/** A box that can be opened. */
export function legend(groups) {
  const box = el('details', { class: 'legend' }, el('summary', {}, 'Legend'));
  box.addEventListener('toggle', () => {
    const colours = palette();
    box.replaceChildren(box.firstChild,
      el('ul', {}, ACTION_STATES.map((state) => el('li', {},
        el('span', { class: 'mark', style: `color: var(${variable(state)})` }, mark(state)), state.toLowerCase())),
        el('li', {}, el('span', { class: 'mark soft' }, '×2'), 'second attempt')),
      el('ul', { class: 'lines' }, LINES.map(([kind, meaning]) => el('li', {}, sample(EDGES[kind], colours), meaning)),
        el('li', {}, sample({ colour: (it) => it.focus, dash: [], width: 3, alpha: 1 }, colours), 'critical path, or what is chosen')),
      groups ? el('p', { class: 'soft' }, 'A stack is many actions of one layer and one type; its stripe says how many are in which state.') : '');
  });
  return box;
}

function sample(style, colours) {
  const canvas = el('canvas', { width: 72, height: 16, class: 'line', 'aria-hidden': 'true' });
  const context = canvas.getContext('2d');
  context.scale(2, 2);
  context.strokeStyle = style.colour(colours);
  context.globalAlpha = style.alpha;
  context.setLineDash(style.dash);
  context.lineWidth = style.width;
  context.beginPath();
  context.moveTo(0, 4);
  context.lineTo(36, 4);
  context.stroke();
  return canvas;
}
