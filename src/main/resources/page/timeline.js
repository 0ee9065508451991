// The recorded and forecast times of actions: a row for each, on a common axis.
import * as api from './api.js';
import { pager } from './table.js';
import { ended, mark, variable } from './states.js';
import { clock, el, span } from './dom.js';

const ROWS = 200;
const TICKS = 5;

/** The permitted distances of ticks, in seconds, so that they have round times. */
const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400];

/** The share of the axis beyond which there is no room for a label. */
const LAST_TICK = 0.93;

/** Loads the forecast of a plan. */
export async function expected(uuid) {
  const forecast = await api.forecast(uuid);
  return { ...forecast, times: new Map(forecast.actions.map((action) => [action.uuid, action])) };
}

/** The page with the running actions: actions are sorted by start, so that these are the last started ones. */
export function pageOfNow(plan) {
  const begun = Object.entries(plan.actions_by_state)
    .reduce((sum, [state, count]) => sum + (['SUCCEEDED', 'FAILED', 'ONGOING'].includes(state) ? count : 0), 0);
  return ended(plan.state) ? 0 : Math.floor(Math.max(0, begun - 1) / ROWS);
}

/** Shows a page of the timeline, with the forecast behind the recorded times and the lower bound as a line. */
export async function timeline(plan, forecast, { page, fits, choose, turned }) {
  const { actions } = await api.timeline(plan.uuid, page * ROWS, ROWS);
  const begin = plan.started_at ? Date.parse(plan.started_at) : Date.now();
  const now = Math.max(begin, plan.finished_at ? Date.parse(plan.finished_at) : Date.now()) - begin;
  const whole = Math.max(now, 1000 * forecast.makespan_seconds, 1000);
  const late = forecast.finish_p90 ? Date.parse(forecast.finish_p90) - Date.parse(forecast.finish_p50) : 0;
  const percent = (milliseconds) => `${100 * Math.max(0, milliseconds) / whole}%`;
  const bar = (style, from, to, colour, title) => el('span', { class: style, title,
    style: `left: ${percent(from)}; width: max(3px, ${percent(to - from)});${colour ? ` background: var(${variable(colour)})` : ''}` });
  const rows = actions.filter(fits).map((action) => {
    const thought = forecast.times.get(action.uuid);
    const attempts = action.attempts.map((attempt) => {
      const from = Date.parse(attempt.started_at) - begin;
      const to = attempt.finished_at ? Date.parse(attempt.finished_at) - begin : now;
      const outcome = attempt.outcome ?? 'ONGOING';
      return bar(attempt.finished_at ? 'ran' : 'ran running', from, to, outcome,
        `attempt ${attempt.number}: ${attempt.outcome ?? 'running'}, ${span(to - from)}`);
    });
    return el('div', { class: 'row' },
      el('button', { class: 'plain', 'data-action': action.uuid, onclick: () => choose(action.uuid), style: `color: var(${variable(action.state)})`,
        title: action.id }, `${mark(action.state)} ${action.id}`),
      el('div', { class: 'track' },
        thought ? bar('ghost', 1000 * thought.start, 1000 * thought.finish, null, `forecast: ${span(1000 * (thought.finish - thought.start))}`) : null,
        attempts),
      el('span', { class: 'hidden' }, told(action, begin)));
  });
  const ticks = ticksOf(whole);
  const bound = percent(1000 * forecast.lower_bound_seconds);
  const last = Math.ceil(plan.actions_total / ROWS) - 1;
  return [el('div', { class: 'timeline', role: 'group', 'aria-label': 'Timeline of the actions' },
    el('p', { class: 'soft key' },
      el('span', {}, el('i', { class: 'sample ran', style: 'background: var(--succeeded)' }), 'recorded'),
      el('span', {}, el('i', { class: 'sample ghost' }), plan.finished_at ? `took ${span(1000 * forecast.makespan_seconds)}`
        : `forecast, ${span(1000 * forecast.makespan_seconds)} in total${plan.started_at ? `, ends at ${clock(forecast.finish_p50)}` : ''}${late > 0 ? `, with 90 % ${span(late)} later` : ''}`),
      el('span', {}, el('i', { class: 'sample bound' }), `lower bound, ${span(1000 * forecast.lower_bound_seconds)}: no schedule is shorter`),
      plan.started_at && !plan.finished_at ? el('span', {}, el('i', { class: 'sample now' }), 'now') : null),
    el('div', { class: 'row axis', 'aria-hidden': 'true' }, el('span'),
      el('div', { class: 'track' }, ticks.map((tick) => el('span', { class: 'tick', style: `left: ${percent(tick)}` }, time(tick, whole))))),
    el('div', { class: 'rows' },
      el('div', { class: 'lines', 'aria-hidden': 'true' }, el('div', { class: 'bound', style: `left: ${bound}` }),
        plan.started_at && !plan.finished_at ? el('div', { class: 'now', style: `left: ${percent(now)}` }) : null),
      rows, rows.length === 0 ? el('p', { class: 'soft' }, actions.length === 0 ? 'No actions.' : 'No matching actions on this page.') : null)),
  pager(Math.min(page, last), last, ROWS, plan.actions_total, turned)];
}

/** The positions of the ticks, in milliseconds. */
function ticksOf(whole) {
  const step = 1000 * (STEPS.find((it) => whole / 1000 / it <= TICKS) ?? 86400 * Math.ceil(whole / 86400000 / TICKS));
  return Array.from({ length: Math.floor(LAST_TICK * whole / step) + 1 }, (_, tick) => tick * step);
}

/** The label of a tick, with tenths of seconds on a short axis. */
const time = (milliseconds, whole) => (whole < 3000 ? `${(milliseconds / 1000).toFixed(1)} s` : span(milliseconds));

function told(action, begin) {
  if (action.attempts.length === 0) return `${action.state}, not started`;
  const first = Date.parse(action.attempts[0].started_at) - begin;
  return `${action.state}, started ${span(first)} after the plan, ${action.attempts.length} attempts`;
}
