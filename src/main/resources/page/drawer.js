// The details of an action, or of a group of actions.
import * as api from './api.js';
import { actionState, stateOf } from './plans.js';
import { URGENCY } from './model.js';
import { LOOKS, lookOf } from './states.js';
import { ask, copy, el, grouped, span, tell } from './dom.js';

const LISTED = 50;

const fact = (name, value) => (value === null || value === undefined || value === '' ? []
  : [el('dt', {}, name), el('dd', {}, value)]);

/** The URL of Neo4j Browser with a statement in its editor. */
function browserWith(address, query) {
  const url = new URL(address);
  url.searchParams.set('cmd', 'edit');
  url.searchParams.set('arg', query);
  return url.href;
}

const time = (text) => (text ? el('time', { datetime: text, title: text }, new Date(text).toLocaleString()) : null);

function attemptOf(attempt) {
  const end = attempt.finished_at ? Date.parse(attempt.finished_at) : Date.now();
  const progress = attempt.outcome === null && attempt.progress !== null ? ` ${Math.round(100 * attempt.progress)} %` : '';
  return el('li', {}, attempt.outcome ? stateOf(attempt.outcome) : stateOf('ONGOING'),
    ` ${attempt.outcome ? 'after' : 'for'} ${span(end - Date.parse(attempt.started_at))}${progress}`,
    el('div', { class: 'soft' }, `by ${attempt.applier}`),
    attempt.message ? el('div', { class: 'soft' }, attempt.message) : null,
    attempt.request_ids.length ? el('div', { class: 'soft mono' }, attempt.request_ids.join(' ')) : null);
}

/** A list of buttons that choose other actions. */
function others(title, actions, count, choose) {
  return actions.length === 0 ? null : [el('h3', {}, title),
    el('ul', { class: 'others' }, actions.map((other) => el('li', {},
      el('button', { class: 'plain', onclick: () => choose(other.uuid) }, actionState(other, true), ` ${other.id}`))),
    count > actions.length ? el('li', { class: 'soft' }, `and ${count - actions.length} more`) : null)];
}

const queryOf = (uuid) => `MATCH path = (:Action {uuid: '${uuid}'})-[:DEPENDS_ON|ATTEMPTED|USES|REPLACES|REVERTS]-() RETURN path`;

const headOf = (title, close, ...buttons) => el('div', { class: 'bar top' }, el('h2', { tabindex: -1 }, title),
  el('span', { class: 'grow' }), ...buttons, el('button', { onclick: close, 'aria-label': 'Close', title: 'Close' }, '✕'));

/** Remembers the focus in a panel; returns a function that restores it to the element's replacement. */
function focusedIn(panel) {
  const all = () => [...panel.querySelectorAll('h2, button, a, pre')];
  const at = all().findIndex((it) => it === document.activeElement);
  const text = document.activeElement?.textContent;
  return () => (at < 0 ? null : all().find((it) => it.textContent === text) ?? all()[0])?.focus({ preventScroll: true });
}

/** Shows an action in the panel; returns a function that refreshes it. */
export function actionDrawer(panel, uuid, { close, choose, model, settings, focus, stays }) {
  let shown = '', asked = 0;
  panel.replaceChildren(headOf(model().node(uuid)?.id ?? 'Action', close), el('p', { class: 'soft' }, 'Loading…'));
  async function refresh() {
    const question = ++asked;
    const [action, { attempts }, why, impact] = await Promise.all(
      [api.action(uuid), api.attempts(uuid), api.explain(uuid), api.impact(uuid)]);
    const state = JSON.stringify([action, attempts, why, impact]);
    // a later answer may have arrived first
    if (state === shown || question !== asked || !stays()) return;
    shown = state;
    const place = model().place(uuid);
    const near = (forth) => (place === undefined ? [] : model().neighbours(place, forth).map((other) => model().nodes[other]));
    const [parents, children] = [near(false), near(true)];
    const query = queryOf(uuid);
    const skip = action.state !== 'PENDING' ? null : el('button', { class: 'danger', 'data-keep': 'skip', onclick: async () => {
      if (await ask(`Skip “${action.id}”? It will not run, and actions that depend on it will treat it as complete.`, 'Skip it')) {
        await api.skip(uuid, 'on the page').then(refresh, (error) => tell(error.message));
      }
    } }, 'Skip');
    const scrolled = panel.scrollTop, focused = focusedIn(panel);
    panel.replaceChildren(headOf(action.id, close, skip), actionState(action),
      ...content(action, attempts, why, impact, parents, children, choose),
      el('h3', {}, 'In the graph'),
      el('pre', { tabindex: 0, class: 'query' }, query),
      el('div', { class: 'bar' }, el('button', { onclick: (event) => copy(query, event.currentTarget) }, 'Copy as Cypher'),
        el('a', { class: 'button', target: '_blank', rel: 'noopener',
          href: browserWith(settings.neo4j_browser, query) }, 'Open in Neo4j Browser')));
    panel.scrollTop = scrolled;
    focused();
  }
  if (focus) panel.querySelector('h2').focus({ preventScroll: true });
  refresh().catch((error) => stays() && panel.replaceChildren(headOf('Action', close), el('div', { class: 'note', role: 'alert' }, error.message)));
  return () => refresh().catch(() => {}); // the next change retries
}

function content(action, attempts, why, impact, parents, children, choose) {
  const waits = action.state === 'PENDING' || action.state === 'STANDBY';
  return [
    // the reason often contains the status message
    action.status_message && !why.summary?.includes(action.status_message) ? el('p', {}, action.status_message) : null,
    why.summary ? [el('h3', {}, waits ? 'Why it is waiting' : 'Why'), el('p', {}, why.summary)] : null,
    why.remedies.length ? [el('h3', {}, 'What one can do'), el('ul', { class: 'remedies' }, why.remedies.map((it) => el('li', {}, it.effect,
      el('div', { class: 'soft mono' }, `${it.method} ${it.path}`))))] : null,
    el('h3', {}, 'Properties'),
    el('dl', {}, fact('type', action.action_type), fact('attempt', `${action.attempt} of ${action.max_attempts}`),
      fact('started', time(action.started_at)), fact('finished', time(action.finished_at)),
      fact('not before', waits ? time(action.not_before) : null), fact('applier', action.applier),
      fact('uuid', el('span', { class: 'mono' }, action.uuid))),
    el('h3', {}, 'Parameters'), el('pre', { tabindex: 0 }, JSON.stringify(action.input_parameters, null, 2)),
    attempts.length ? [el('h3', {}, 'Attempts'), el('ol', {}, attempts.map(attemptOf))] : null,
    others('Depends on', parents.slice(0, LISTED), parents.length, choose),
    others('Blocks', children.slice(0, LISTED), children.length, choose),
    action.state === 'FAILED' ? null : el('h3', {}, 'If it failed'), action.state === 'FAILED' ? null : el('p', {}, impact.summary),
  ].flat().filter((part) => part !== null);
}

/** Shows a group of actions of one type and layer; returns a function that refreshes it. */
export function groupDrawer(panel, current, { close, choose, model, show }) {
  const refresh = () => {
    const group = current();
    const order = (place) => URGENCY.indexOf(lookOf(model().nodes[place]));
    const first = [...group.members].sort((one, other) => order(one) - order(other) || one - other)
      .slice(0, LISTED).map((place) => model().nodes[place]);
    const layers = group.first === group.last ? `layer ${group.first}` : `layers ${group.first} to ${group.last}`;
    panel.replaceChildren(headOf(`${grouped(group.count)} × ${group.action_type}`, close), el('p', { class: 'soft' }, layers),
      el('dl', {}, LOOKS.filter((state) => group.states[state] > 0)
        .map((state) => [el('dt', {}, stateOf(state)), el('dd', {}, grouped(group.states[state]))]).flat()),
      el('div', { class: 'bar' }, el('button', { onclick: show }, 'Show in the table')),
      ...others('Actions', first, group.count, choose));
  };
  refresh();
  return refresh;
}
