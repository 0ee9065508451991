// The legend of lines and marks.
import { EDGES } from './paint.js';
import { LOOKS, mark, palette, variable } from './states.js';
import { el } from './dom.js';

const LINES = [
  ['depends_on', 'depends on'], ['alternative', 'depends on (added by an alternative path)'],
  ['replaced', 'depended on (before an alternative path)'], ['standby', 'alternative path, not activated'],
  ['taken', 'alternative path, activated'], ['reverts', 'reverts'],
];

/** A box that the user can open. */
export function legend(groups) {
  const box = el('details', { class: 'legend' }, el('summary', {}, 'Legend'));
  box.addEventListener('toggle', () => {
    const colours = palette();
    box.replaceChildren(box.firstChild,
      el('ul', {}, LOOKS.map((state) => el('li', {},
        el('span', { class: 'mark', style: `color: var(${variable(state)})` }, mark(state)), state.toLowerCase())),
        el('li', {}, el('span', { class: 'mark soft' }, '×2'), 'second attempt')),
      el('ul', { class: 'lines' }, LINES.map(([kind, meaning]) => el('li', {}, sample(EDGES[kind], colours), meaning)),
        el('li', {}, sample({ colour: (it) => it.focus, dash: [], width: 3, alpha: 1 }, colours), 'critical path, or the selection')),
      groups ? el('p', { class: 'soft' }, 'A stack stands for many actions of one layer and one type; its stripe shows how many are in each state.') : '');
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
