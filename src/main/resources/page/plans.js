// The list of plans.
import * as api from './api.js';
import { ACTION_STATES, PLAN_STATES, mark, variable } from './states.js';
import { el, since, span } from './dom.js';

const PAGE = 50;
const POLL = 2000;

export function stateOf(state, paused = false) {
  return el('span', { class: 'state', style: `color: var(${variable(state)})` },
    el('span', { class: 'mark', 'aria-hidden': 'true' }, mark(state)), paused ? `${state} (paused)` : state);
}

export function progressOf(plan) {
  const total = Math.max(1, plan.actions_total - (plan.actions_by_state.STANDBY ?? 0));
  const done = ['SUCCEEDED', 'SKIPPED', 'FAILED', 'CANCELLED']
    .reduce((sum, state) => sum + (plan.actions_by_state[state] ?? 0), 0);
  const bar = el('div', { class: 'progress', role: 'progressbar', 'aria-label': 'actions that have ended',
    'aria-valuemin': 0, 'aria-valuemax': total, 'aria-valuenow': done });
  for (const state of ACTION_STATES.filter((it) => it !== 'PENDING' && it !== 'STANDBY')) {
    const count = plan.actions_by_state[state] ?? 0;
    if (count > 0) {
      bar.append(el('span', { style: `width: ${100 * count / total}%; background: var(${variable(state)})`,
        title: `${count} ${state}` }));
    }
  }
  return { bar, done, total };
}

function took(plan) {
  if (!plan.started_at) return '';
  const end = plan.finished_at ? Date.parse(plan.finished_at) : Date.now();
  return span(end - Date.parse(plan.started_at));
}

function row(plan) {
  const { bar, done, total } = progressOf(plan);
  const href = `#/plans/${plan.uuid}`;
  return el('tr', { class: 'link', onclick: () => { location.hash = href; } },
    el('td', {}, el('a', { class: 'name', href }, plan.name || plan.uuid.slice(0, 8)),
      el('div', { class: 'soft mono wide' }, plan.uuid)),
    el('td', {}, stateOf(plan.state, plan.paused)),
    el('td', {}, bar),
    el('td', { class: 'number' }, `${done}/${total}`),
    el('td', { class: 'wide' }, took(plan)),
    el('td', { class: 'wide', title: plan.created_at }, `${since(plan.created_at)} ago`));
}

export async function showPlans({ main, arguments: query, connected }) {
  main.className = '';
  document.title = 'Plans · Interlock';
  const state = query.get('state') ?? '';
  const search = query.get('search') ?? '';
  const order = query.get('order') ?? 'newest';
  const go = (changes) => {
    const next = new URLSearchParams({ ...Object.fromEntries(query), ...changes });
    [...next].filter(([, value]) => !value).forEach(([name]) => next.delete(name));
    location.hash = `#/?${next}`;
  };
  const body = el('tbody');
  const more = el('button', { hidden: true }, 'Show more');
  const empty = el('p', { class: 'soft', style: 'padding: 14px' });
  const searching = el('input', { type: 'search', placeholder: 'name or uuid', 'aria-label': 'Search', value: search,
    onchange: (event) => go({ search: event.target.value.trim() }) });
  const choice = (label, value, options, name) => el('select',
    { 'aria-label': label, onchange: (event) => go({ [name]: event.target.value }) },
    options.map(([key, text]) => el('option', { value: key, selected: key === value }, text)));
  main.replaceChildren(
    el('div', { class: 'bar' }, el('h1', {}, 'Action plans'), el('span', { class: 'grow' }), searching,
      choice('State', state, [['', 'every state'], ...PLAN_STATES.map((it) => [it, it])], 'state'),
      choice('Order', order, [['newest', 'newest first'], ['oldest', 'oldest first'], ['name', 'by name']], 'order')),
    el('div', { class: 'card' },
      el('table', {},
        el('caption', { class: 'hidden' }, 'Action plans'),
        el('thead', {}, el('tr', {},
          el('th', { scope: 'col' }, 'Plan'), el('th', { scope: 'col' }, 'State'), el('th', { scope: 'col' }, 'Progress'),
          el('th', { scope: 'col', class: 'number' }, 'Actions'), el('th', { scope: 'col', class: 'wide' }, 'Took'),
          el('th', { scope: 'col', class: 'wide' }, 'Age'))),
        body),
      empty),
    el('div', {}, more));

  const asked = { limit: PAGE, sort_key: order === 'name' ? 'name' : 'created_at', sort_dir: order === 'newest' ? 'desc' : 'asc' };
  if (state) asked.state = state;
  let extra = [];
  const fits = (plan) => !search || plan.name.toLowerCase().includes(search.toLowerCase()) || plan.uuid.startsWith(search);
  async function load() {
    // a search has to see all plans, since the service filters by whole names only
    let page = await api.plans(search ? { ...asked, limit: 1000 } : asked);
    const first = [...page.action_plans];
    while (search && page.next) {
      page = await api.next(page.next);
      first.push(...page.action_plans);
    }
    const shown = [...first, ...extra.filter((plan) => !first.some((it) => it.uuid === plan.uuid))].filter(fits);
    body.replaceChildren(...shown.map(row));
    empty.textContent = shown.length > 0 ? '' : search || state ? 'No plan fits.'
      : 'There are no plans yet. Store one with: interlock plan create FILE';
    empty.hidden = shown.length > 0;
    if (extra.length === 0) {
      more.hidden = !page.next || Boolean(search);
      more.onclick = async () => {
        const following = await api.next(page.next);
        extra = [...extra, ...following.action_plans];
        page = following;
        more.hidden = !following.next;
        body.append(...following.action_plans.filter(fits).map(row));
      };
    }
    connected('');
  }
  await load();
  const timer = setInterval(() => document.hidden || load().catch((error) => connected(error.message, true)), POLL);
  return () => clearInterval(timer);
}
