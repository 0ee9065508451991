// The actions of a plan as a table: the same as the graph, for whoever does not see it, or would rather read.
import { el } from './dom.js';
import { stateOf } from './plans.js';

const ROWS = 200;

/** Shows those that fit, a page of them; calls turned(page) when another is asked for. */
export function table(model, filter, page, choose, turned) {
  const fitting = model.nodes.filter((node) => filter.fits(node));
  const last = Math.max(0, Math.ceil(fitting.length / ROWS) - 1);
  const shown = Math.min(page, last);
  return [
    el('table', {},
      el('caption', { class: 'hidden' }, 'The actions of the plan'),
      el('thead', {}, el('tr', {}, [['Action'], ['State'], ['Type', 'wide'], ['Layer', 'wide number'], ['Attempt', 'number']]
        .map(([name, style]) => el('th', { scope: 'col', class: style }, name)))),
      el('tbody', {}, fitting.slice(shown * ROWS, (shown + 1) * ROWS).map((node) => el('tr', {},
        el('td', {}, el('button', { class: 'plain', onclick: () => choose(node.uuid) }, node.id)),
        el('td', {}, stateOf(node.state)),
        el('td', { class: 'wide' }, node.action_type),
        el('td', { class: 'wide number' }, String(node.layer)),
        el('td', { class: 'number' }, String(node.attempt)))))),
    pager(shown, last, ROWS, fitting.length, turned),
  ];
}

/** Buttons to turn pages by; nothing where there is one page only. */
export function pager(page, last, rows, total, turned) {
  if (last === 0) return el('p', { class: 'soft pager' }, total === 0 ? 'No action fits.' : '');
  const to = (name, target) => el('button', { disabled: target < 0 || target > last, onclick: () => turned(target) }, name);
  return el('nav', { class: 'bar pager', 'aria-label': 'Pages' }, to('Previous', page - 1), to('Next', page + 1),
    el('span', { class: 'soft' }, `${page * rows + 1} to ${Math.min(total, (page + 1) * rows)} of ${total}`));
}
