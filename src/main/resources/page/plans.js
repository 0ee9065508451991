// The list of plans.
import * as api from './api.js';
import { LOOKS, PLAN_STATES, ended, mark, variable } from './states.js';
import { el, grouped, since, span } from './dom.js';

const PAGE = 50;
const POLL = 2000;

/** The service's limit for one page of a list. */
const MOST = 1000;

/** A state as a coloured mark and its name; in the short form, the name is for screen readers only. */
export function stateOf(state, short = false, look = state, text = state) {
  return el('span', { class: 'state', style: `color: var(${variable(look)})` },
    el('span', { class: 'mark', 'aria-hidden': 'true' }, mark(look)),
    short ? el('span', { class: 'hidden' }, text) : text);
}

/** The state of an action, which may have been reverted. */
export const actionState = (action, short = false) => (action.reverted
  ? stateOf(action.state, short, 'REVERTED', `${action.state} (reverted)`) : stateOf(action.state, short));

/** The state of a plan, which may be paused or rolled back. */
export function planState(plan) {
  if (plan.rolled_back) {
    return stateOf(plan.state, false, 'REVERTED', `${plan.state} (${ended(plan.state) ? 'rolled back' : 'rolling back'})`);
  }
  return plan.paused && !ended(plan.state) ? stateOf(plan.state, false, 'PAUSED', `${plan.state} (paused)`) : stateOf(plan.state);
}

/** How far a plan is. Reverts are not counted as actions of the plan, and actions that were reverted not as succeeded. */
export function progressOf(plan) {
  const { reverted = 0, reverts = 0 } = plan;
  const of = (state) => plan.actions_by_state[state] ?? 0;
  const total = Math.max(0, plan.actions_total - of('STANDBY') - reverts);
  const looks = { ...plan.actions_by_state, SUCCEEDED: Math.max(0, of('SUCCEEDED') - reverted - reverts), REVERTED: reverted };
  const done = LOOKS.filter((look) => !['ONGOING', 'PENDING', 'STANDBY'].includes(look))
    .reduce((sum, look) => sum + (looks[look] ?? 0), 0);
  const text = summary(looks, total);
  const bar = el('div', { class: 'progress', role: 'progressbar', 'aria-label': 'ended actions', 'aria-valuetext': text,
    'aria-valuemin': 0, 'aria-valuemax': Math.max(1, total), 'aria-valuenow': Math.min(done, Math.max(1, total)) });
  for (const look of LOOKS.filter((it) => it !== 'PENDING' && it !== 'STANDBY')) {
    const count = looks[look] ?? 0;
    if (count > 0) {
      bar.append(el('span', { class: look.toLowerCase(),
        style: `width: ${100 * count / Math.max(1, total)}%; background-color: var(${variable(look)})`, title: `${count} ${look}` }));
    }
  }
  return { bar, done, total, text };
}

/** The same words as on the command line: "86 of 201 succeeded, 1 failed, 114 cancelled". */
function summary(looks, total) {
  const others = [['REVERTED', 'reverted'], ['SKIPPED', 'skipped'], ['FAILED', 'failed'], ['CANCELLED', 'cancelled'], ['ONGOING', 'running']]
    .filter(([look]) => looks[look] > 0).map(([look, word]) => `, ${grouped(looks[look])} ${word}`);
  return `${grouped(looks.SUCCEEDED)} of ${grouped(total)} succeeded${others.join('')}`;
}

function took(plan) {
  if (!plan.started_at) return '';
  const end = plan.finished_at ? Date.parse(plan.finished_at) : Date.now();
  return span(end - Date.parse(plan.started_at));
}

function row(plan) {
  const { bar, text } = progressOf(plan);
  const href = `#/plans/${plan.uuid}`;
  return el('tr', { class: 'link', onclick: () => { location.hash = href; } },
    el('td', {}, el('a', { class: 'name', href, title: plan.name }, plan.name || plan.uuid.slice(0, 8)),
      el('div', { class: 'soft mono wide' }, plan.uuid)),
    el('td', {}, planState(plan)),
    el('td', { class: 'wide bars' }, bar),
    el('td', { class: 'told' }, text),
    el('td', { class: 'wide time' }, took(plan)),
    el('td', { class: 'wide time', title: plan.created_at }, since(plan.created_at)));
}

/** The columns: sort key, label, CSS class, and initial sort direction. */
const COLUMNS = [
  ['name', 'Plan', '', 'asc'], ['state', 'State', '', 'asc'], [null, 'Progress', 'wide', ''], ['actions_total', 'Actions', '', 'desc'],
  ['started_at', 'Took', 'wide', 'desc'], ['created_at', 'Age', 'wide', 'desc'],
];

export async function showPlans({ main, arguments: query, connected, stays }) {
  const state = query.get('state') ?? '';
  const search = query.get('search') ?? '';
  const key = query.get('sort') ?? 'created_at';
  const direction = query.get('dir') ?? COLUMNS.find(([name]) => name === key)?.[3] ?? 'desc';
  const go = (changes) => {
    const next = new URLSearchParams({ ...Object.fromEntries(query), ...changes });
    [...next].filter(([, value]) => !value).forEach(([name]) => next.delete(name));
    location.hash = `#/?${next}`;
  };
  const body = el('tbody');
  const more = el('button', { hidden: true }, 'Show more');
  const empty = el('p', { class: 'soft empty' });
  const searching = el('input', { type: 'search', placeholder: 'name or uuid', 'aria-label': 'Search', value: search,
    'data-keep': 'search',
    onchange: (event) => go({ search: event.target.value.trim() }) });
  const heading = ([name, label, style, first]) => el('th', { scope: 'col', class: style,
    'aria-sort': name === key ? (direction === 'asc' ? 'ascending' : 'descending') : null },
  name === null ? label : el('button', { class: 'plain', 'data-keep': `sort ${name}`, onclick: () => go({ sort: name,
    dir: name === key ? (direction === 'asc' ? 'desc' : 'asc') : first }) },
  label, name === key ? (direction === 'asc' ? ' ↑' : ' ↓') : ''));
  const parts = [
    el('div', { class: 'bar' }, el('h1', {}, 'Action plans'), el('span', { class: 'grow' }), searching,
      el('select', { 'aria-label': 'State', 'data-keep': 'state', onchange: (event) => go({ state: event.target.value }) },
        [['', 'all states'], ...PLAN_STATES.map((it) => [it, it])]
          .map(([value, text]) => el('option', { value, selected: value === state }, text)))),
    el('div', { class: 'card' },
      el('table', { class: 'plans' },
        el('caption', { class: 'hidden' }, 'Action plans'),
        el('thead', {}, el('tr', {}, COLUMNS.map(heading))),
        body),
      empty),
    el('div', {}, more),
  ];

  const asked = { limit: PAGE, sort_key: key, sort_dir: direction, ...(state && { state }), ...(search && { search }) };
  let shown = PAGE;
  async function load() {
    let page = await api.plans({ ...asked, limit: Math.min(shown, MOST) });
    const plans = [...page.action_plans];
    while (plans.length < shown && page.next) {
      page = await api.next(page.next);
      plans.push(...page.action_plans);
    }
    const focused = document.activeElement?.getAttribute('href');
    connected('');
    body.replaceChildren(...plans.map(row));
    if (focused) body.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    empty.textContent = plans.length > 0 ? '' : search || state ? 'No matching plans.'
      : 'There are no plans yet. Create one with: interlock plan create FILE';
    empty.hidden = plans.length > 0;
    more.hidden = !page.next;
  }
  more.addEventListener('click', () => { shown += PAGE; load().catch((error) => connected(error.message, true)); });
  await load();
  if (stays()) {
    main.className = '';
    document.title = 'Plans · Interlock';
    main.replaceChildren(...parts);
  }
  const timer = setInterval(() => document.hidden || load().catch((error) => connected(error.message, true)), POLL);
  return () => clearInterval(timer);
}
