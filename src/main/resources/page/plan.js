// One plan: its graph, or its actions as a table, live.
import * as api from './api.js';
import { Graph } from './graph.js';
import { drawer } from './drawer.js';
import { timeline } from './timeline.js';
import { ACTION_STATES, ended, mark, variable } from './states.js';
import { progressOf, stateOf } from './plans.js';
import { ask, el, span } from './dom.js';

const ROWS_SHOWN = 500;

const VERBS = [
  ['start', 'Start', (plan) => plan.state === 'RECOMMENDED', null],
  ['pause', 'Pause', (plan) => ['PENDING', 'ONGOING'].includes(plan.state) && !plan.paused, null],
  ['resume', 'Resume', (plan) => plan.paused && !ended(plan.state), null],
  ['retry', 'Retry', (plan) => ['FAILED', 'CANCELLED'].includes(plan.state), null],
  ['cancel', 'Cancel', (plan) => ['RECOMMENDED', 'PENDING', 'ONGOING'].includes(plan.state),
    'Cancel this plan? What runs is asked to abort, and what has not started will not.'],
];

export async function showPlan({ main, arguments: query, connected }, uuid) {
  main.className = 'plan';
  let plan = await api.plan(uuid);
  let graph = await api.layout(uuid);
  let places = placesOf(graph);
  let selected = null;
  let refreshDrawer = () => {};
  let shownState = '';
  let following = true;
  document.title = `${plan.name || uuid.slice(0, 8)} · Interlock`;

  const head = el('div', { class: 'bar' });
  const counts = el('div', { class: 'counts', role: 'group', 'aria-label': 'Show actions in one state' });
  const message = el('div');
  const canvas = el('canvas', { tabindex: 0, role: 'img',
    'aria-label': 'The graph of the plan. The table shows the same. Arrows move it, plus and minus zoom, 0 fits it.' });
  const panel = el('aside', { class: 'drawer', hidden: true, 'aria-label': 'Action' });
  const view = el('div', { class: 'view' });
  const choose = (action) => {
    selected = action;
    panel.hidden = action === null;
    picture.select(action === null ? -1 : places.get(action));
    refreshDrawer = action === null ? () => {} : drawer(panel, action, {
      close: () => choose(null), choose, changed: () => refreshDrawer() });
    remember({ action });
  };
  const picture = new Graph(canvas, choose);
  const remember = (changes) => {
    const next = new URLSearchParams(location.hash.split('?')[1] ?? '');
    Object.entries(changes).forEach(([name, value]) => (value ? next.set(name, value) : next.delete(name)));
    history.replaceState(null, '', `#/plans/${uuid}${next.size ? `?${next}` : ''}`);
  };
  const search = el('input', { type: 'search', placeholder: 'find an action', 'aria-label': 'Find an action',
    onchange: (event) => find(event.target.value.trim()) });
  const tools = el('div', { class: 'tools' },
    el('button', { 'aria-label': 'Zoom in', title: 'Zoom in', onclick: () => picture.zoom(1.25) }, '+'),
    el('button', { 'aria-label': 'Zoom out', title: 'Zoom out', onclick: () => picture.zoom(0.8) }, '−'),
    el('button', { 'aria-label': 'Fit', title: 'Fit', onclick: () => picture.fit() }, '⤢'));
  let mode = ['table', 'timeline'].includes(query.get('view')) ? query.get('view') : '';
  const modes = [['', 'Graph'], ['timeline', 'Timeline'], ['table', 'Table']].map(([name, label]) => el('button', {
    'data-mode': name, 'aria-pressed': String(mode === name), onclick: () => {
      mode = name;
      modes.forEach((button) => button.setAttribute('aria-pressed', String(button.dataset.mode === mode)));
      remember({ view: mode });
      drawView();
    } }, label));
  const critical = el('button', { 'aria-pressed': 'false', onclick: async () => {
    const on = critical.getAttribute('aria-pressed') !== 'true';
    critical.setAttribute('aria-pressed', String(on));
    const path = on ? await api.criticalPath(uuid) : { actions: [] };
    const links = path.critical_path ?? path.actions ?? [];
    picture.critical(new Set(links.map((link) => places.get(link.uuid ?? link)).filter((it) => it !== undefined)));
  } }, 'Critical path');
  const live = el('button', { 'aria-pressed': 'true', title: 'Pause what is shown; the plan goes on', onclick: () => {
    following = !following;
    live.setAttribute('aria-pressed', String(following));
    if (following) { stopFollowing(); reload(); } else { stopFollowing(); connected('shows how it was'); }
  } }, 'Live');
  main.replaceChildren(head, counts, message,
    el('div', { class: 'bar' }, search, ...modes, critical, live),
    el('div', { class: 'stage' }, view, panel));

  function drawHead() {
    const { bar, done, total } = progressOf(plan);
    bar.style.flex = '1';
    bar.style.maxWidth = '420px';
    head.replaceChildren(
      el('h1', {}, plan.name || uuid.slice(0, 8)), stateOf(plan.state, plan.paused), bar,
      el('span', { class: 'soft' }, `${done} of ${total}${eta(plan, done, total)}`), el('span', { class: 'grow' }),
      ...VERBS.filter(([, , fits]) => fits(plan)).map(([verb, label, , question]) => el('button', {
        class: verb === 'start' ? 'primary' : verb === 'cancel' ? 'danger' : '',
        onclick: async () => {
          if (question === null || await ask(question, label)) {
            await api.command(uuid, verb).catch((error) => alert(error.message));
            await reload();
          }
        } }, label)));
    counts.replaceChildren(...ACTION_STATES.filter((state) => plan.actions_by_state[state] > 0).map((state) => el('button', {
      'aria-pressed': String(shownState === state), style: `color: var(${variable(state)})`,
      onclick: () => { shownState = shownState === state ? '' : state; filter(); drawHead(); } },
    `${mark(state)} ${plan.actions_by_state[state]} ${state}`)));
    message.replaceChildren(...(plan.status_message
      ? [el('div', { class: plan.state === 'FAILED' ? 'note' : 'note info' }, plan.status_message)] : []));
  }

  function filter() {
    picture.filter((node) => !shownState || node.state === shownState);
    if (mode === 'table') drawView();
  }

  function find(text) {
    const wanted = text.toLowerCase();
    const place = graph.nodes.findIndex((node) => wanted && (node.id.toLowerCase().includes(wanted) || node.uuid.startsWith(wanted)));
    search.setAttribute('aria-invalid', String(Boolean(wanted) && place < 0));
    if (place >= 0) { choose(graph.nodes[place].uuid); picture.centre(place); }
  }

  function drawView() {
    if (mode === '') {
      view.replaceChildren(canvas, tools);
      picture.draw();
      return;
    }
    if (mode === 'timeline') {
      timeline(plan, choose).then(
        (lines) => mode === 'timeline' && view.replaceChildren(lines),
        (error) => view.replaceChildren(el('div', { class: 'note' }, error.message)));
      return;
    }
    const fitting = graph.nodes.filter((node) => !shownState || node.state === shownState);
    view.replaceChildren(el('table', {},
      el('caption', { class: 'hidden' }, 'The actions of the plan'),
      el('thead', {}, el('tr', {}, ['Action', 'State', 'Type', 'Layer', 'Attempt'].map((name) => el('th', { scope: 'col' }, name)))),
      el('tbody', {}, fitting.slice(0, ROWS_SHOWN).map((node) => el('tr', { class: 'link', onclick: () => choose(node.uuid) },
        el('td', {}, el('button', { onclick: () => choose(node.uuid) }, node.id)), el('td', {}, stateOf(node.state)),
        el('td', {}, node.action_type), el('td', {}, String(node.column)), el('td', {}, String(node.attempt)))))),
    fitting.length > ROWS_SHOWN
      ? el('p', { class: 'soft', style: 'padding: 14px' }, `and ${fitting.length - ROWS_SHOWN} more; choose a state, or find one by its name`)
      : '');
  }

  let stopFollowing = () => {};
  async function reload() {
    [plan, graph] = await Promise.all([api.plan(uuid), api.layout(uuid)]);
    places = placesOf(graph);
    picture.show(graph.nodes, graph.edges);
    if (selected) picture.select(places.get(selected));
    drawHead();
    filter();
    drawView();
    follow();
  }

  let redrawing = 0;
  function follow() {
    stopFollowing();
    if (!following) return;
    stopFollowing = api.follow(uuid, graph.revision, (change) => {
      plan = { ...plan, state: change.state, paused: change.paused, revision: change.revision,
        status_message: change.status_message, actions_by_state: change.actions_by_state };
      let rebuilt = false;
      for (const action of change.actions) {
        const node = graph.nodes[places.get(action.uuid)];
        rebuilt ||= !node || (node.state === 'STANDBY' && action.state !== 'STANDBY');
        if (node) {
          node.state = action.state;
          node.attempt = action.attempt;
          if (action.progress !== undefined) node.progress = action.progress;
          if (action.uuid === selected) refreshDrawer();
        }
      }
      picture.draw();
      redrawing ||= setTimeout(() => { redrawing = 0; drawHead(); if (rebuilt) reload(); else if (mode === 'table') drawView(); }, 100);
    }, (open) => connected(open ? '● live' : 'connection lost; trying to come back', !open));
  }

  let over = ended(plan.state);
  const clock = setInterval(() => {
    if (!over) {
      drawHead();
      if (mode === 'timeline') drawView();
    }
    over = ended(plan.state);
  }, 1000);
  view.replaceChildren(canvas, tools);
  picture.show(graph.nodes, graph.edges);
  drawHead();
  drawView();
  follow();
  if (query.get('action') && places.has(query.get('action'))) choose(query.get('action'));
  return () => { clearInterval(clock); clearTimeout(redrawing); stopFollowing(); picture.close(); };
}

const placesOf = (graph) => new Map(graph.nodes.map((node, place) => [node.uuid, place]));

/** How long it has run, and how long it is still thought to. */
function eta(plan, done, total) {
  if (!plan.started_at) return plan.forecast ? `, about ${span(1000 * plan.forecast.makespan_seconds)}` : '';
  const end = plan.finished_at ? Date.parse(plan.finished_at) : Date.now();
  const ran = end - Date.parse(plan.started_at);
  if (plan.finished_at) return `, took ${span(ran)}`;
  const expected = plan.forecast ? 1000 * plan.forecast.makespan_seconds - ran : done > 0 ? ran * (total - done) / done : -1;
  return `, ${span(ran)}${expected > 0 ? `, about ${span(expected)} to go` : ''}`;
}
