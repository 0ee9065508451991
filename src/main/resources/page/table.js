// The actions of a plan as a table, an accessible alternative to the graph.
import { el } from './dom.js';
import { actionState } from './plans.js';

const ROWS = 200;

/** The meaning of an edge to its target. */
const MEANINGS = {
  depends_on: '', standby: '', alternative: '', taken: 'instead of ', reverts: 'reverts ', replaced: 'no longer ',
};
const NAMED = 3;

/** The actions that an action depends on or replaces, from its edges. */
function after(model, place) {
  const { nodes } = model;
  const edges = model.edgesAt(place, false);
  const meaning = ({ kind, from }) => (kind === 'standby' && nodes[from].path !== nodes[place].path && nodes[place].path ? 'instead of ' : MEANINGS[kind]);
  const named = edges.slice(0, NAMED).map((edge) => `${meaning(edge)}${nodes[edge.from].id}`);
  return named.join(', ') + (edges.length > NAMED ? ` and ${edges.length - NAMED} more` : '');
}

/** Shows a page of the matching actions; calls turned(page) when the user selects another page. */
export function table(model, filter, page, choose, turned) {
  const fitting = model.nodes.filter((node) => filter.fits(node));
  const last = Math.max(0, Math.ceil(fitting.length / ROWS) - 1);
  const shown = Math.min(page, last);
  return [
    el('table', { class: 'actions' },
      el('caption', { class: 'hidden' }, 'The actions of the plan'),
      el('thead', {}, el('tr', {}, [['Action'], ['State'], ['Type', 'wide'], ['After', 'wide'], ['Layer', 'wide number'], ['Attempt', 'number']]
        .map(([name, style]) => el('th', { scope: 'col', class: style }, name)))),
      el('tbody', {}, fitting.slice(shown * ROWS, (shown + 1) * ROWS).map((node) => el('tr', {},
        el('td', {}, el('button', { class: 'plain', 'data-action': node.uuid, onclick: () => choose(node.uuid) }, node.id)),
        el('td', {}, actionState(node)),
        el('td', { class: 'wide' }, node.action_type),
        el('td', { class: 'wide soft after' }, after(model, model.place(node.uuid))),
        el('td', { class: 'wide number' }, String(node.layer)),
        el('td', { class: 'number' }, node.attempt > 0 ? String(node.attempt) : '–'))))),
    pager(shown, last, ROWS, fitting.length, turned),
  ];
}

/** Buttons to change the page; none if there is only one page. */
export function pager(page, last, rows, total, turned) {
  if (last === 0) return el('p', { class: 'soft pager' }, total === 0 ? 'No matching actions.' : '');
  const to = (name, target) => el('button', { disabled: target < 0 || target > last, onclick: () => turned(target) }, name);
  return el('nav', { class: 'bar pager', 'aria-label': 'Pages' }, to('Previous', page - 1), to('Next', page + 1),
    el('span', { class: 'soft' }, `${page * rows + 1} to ${Math.min(total, (page + 1) * rows)} of ${total}`));
}
