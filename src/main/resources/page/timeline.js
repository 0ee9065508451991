// When actions ran, and when they were thought to: a bar for each, on one axis.
import * as api from './api.js';
import { mark, variable } from './states.js';
import { el, span } from './dom.js';

const ROWS_SHOWN = 400;

/** Shows the timeline of a plan; what it was thought to be stands behind it, and the lower bound is a line. */
export async function timeline(plan, choose) {
  const [{ actions }, forecast] = await Promise.all([api.actionsByStart(plan.uuid), api.forecast(plan.uuid)]);
  const thought = new Map(forecast.actions.map((action) => [action.uuid, action]));
  const begin = plan.started_at ? Date.parse(plan.started_at) : Date.now();
  const now = plan.finished_at ? Date.parse(plan.finished_at) : Math.max(begin, Date.now());
  const shown = actions.filter((action) => action.started_at || thought.has(action.uuid)).slice(0, ROWS_SHOWN);
  const end = Math.max(now - begin, 1000 * forecast.makespan_seconds, 1000);
  const percent = (milliseconds) => `${100 * Math.max(0, milliseconds) / end}%`;
  const rows = shown.map((action) => {
    const track = el('div', { class: 'track' });
    const ghost = thought.get(action.uuid);
    if (ghost) {
      track.append(el('span', { class: 'ghost', style: `left: ${percent(1000 * ghost.start)}; width: ${percent(1000 * (ghost.finish - ghost.start))}` }));
    }
    if (action.started_at) {
      const from = Date.parse(action.started_at) - begin;
      const to = (action.finished_at ? Date.parse(action.finished_at) : now) - begin;
      track.append(el('span', { class: 'ran', title: `${action.state}, ${span(to - from)}`,
        style: `left: ${percent(from)}; width: max(3px, ${percent(to - from)}); background: var(${variable(action.state)})` }));
    }
    return el('div', { class: 'row' },
      el('button', { onclick: () => choose(action.uuid), style: `color: var(${variable(action.state)})` }, `${mark(action.state)} ${action.id}`), track);
  });
  const bound = el('div', { class: 'row', 'aria-hidden': 'true' }, el('span', { class: 'soft' }, ''),
    el('div', { class: 'track axis' }, [0, 0.25, 0.5, 0.75, 1].map((part) => el('span', { class: 'tick', style: `left: ${100 * part}%` }, span(end * part))),
      el('span', { class: 'bound', title: `in less than ${span(1000 * forecast.lower_bound_seconds)} no order of its actions could run`,
        style: `left: ${percent(1000 * forecast.lower_bound_seconds)}` })));
  return el('div', { class: 'timeline', role: 'group', 'aria-label': 'When actions ran' },
    el('p', { class: 'soft' }, `Full bars: what ran. Pale bars: the forecast, ${span(1000 * forecast.makespan_seconds)} in all. The line: the lower bound, ${span(1000 * forecast.lower_bound_seconds)}.`),
    bound, ...rows,
    actions.length > shown.length ? el('p', { class: 'soft' }, `and ${plan.actions_total - shown.length} more`) : null);
}
