// What is known of one action.
import * as api from './api.js';
import { stateOf } from './plans.js';
import { ask, el, span } from './dom.js';

const fact = (name, value) => (value === null || value === undefined || value === '' ? []
  : [el('dt', {}, name), el('dd', {}, value)]);

function attemptOf(attempt) {
  const end = attempt.finished_at ? Date.parse(attempt.finished_at) : Date.now();
  const progress = attempt.outcome === null && attempt.progress !== null ? ` ${Math.round(100 * attempt.progress)} %` : '';
  return el('li', {}, `${attempt.outcome ?? 'runs'}${progress} after ${span(end - Date.parse(attempt.started_at))}`,
    attempt.message ? el('div', { class: 'soft' }, attempt.message) : null,
    attempt.request_ids.length ? el('div', { class: 'soft mono' }, attempt.request_ids.join(' ')) : null);
}

/** Shows an action in the drawer; returns what refreshes it. */
export function drawer(panel, uuid, { close, choose, changed }) {
  async function refresh() {
    const [action, attempts, why, impact] = await Promise.all(
      [api.action(uuid), api.attempts(uuid), api.explain(uuid), api.impact(uuid)]);
    const cypher = `MATCH path = (:Action {uuid: '${uuid}'})-[:DEPENDS_ON|ATTEMPTED|USES]-() RETURN path`;
    const skip = action.state !== 'PENDING' ? null : el('button', {
      onclick: async () => {
        if (await ask(`Skip "${action.id}"? What depends on it will see it as complete.`, 'Skip it')) {
          await api.skip(uuid, 'on the page').then(changed, (error) => alert(error.message));
        }
      } }, 'Skip');
    panel.replaceChildren(
      el('div', { class: 'bar' }, el('span', { class: 'grow' }),
        skip, el('button', { onclick: () => navigator.clipboard.writeText(cypher) }, 'Copy as Cypher'),
        el('button', { onclick: close, 'aria-label': 'Close' }, '✕')),
      el('h2', {}, action.id), stateOf(action.state),
      action.status_message ? el('p', {}, action.status_message) : null,
      el('h3', {}, why.summary ? 'Why' : ''), why.summary ? el('p', {}, why.summary) : null,
      el('h3', {}, 'What it is'),
      el('dl', {}, fact('type', action.action_type), fact('attempt', `${action.attempt} of ${action.max_attempts}`),
        fact('started', action.started_at), fact('finished', action.finished_at), fact('not before', action.not_before),
        fact('applier', action.applier), fact('uuid', el('span', { class: 'mono' }, uuid))),
      el('h3', {}, 'Parameters'), el('pre', { tabindex: 0 }, JSON.stringify(action.input_parameters, null, 2)),
      attempts.attempts.length ? el('h3', {}, 'Attempts') : null,
      el('ol', {}, attempts.attempts.map(attemptOf)),
      el('h3', {}, 'If it failed'), el('p', { class: 'soft' }, impactOf(impact)),
      action.parents.length ? el('h3', {}, 'Waits for') : null,
      el('div', { class: 'bar' }, action.parents.map((parent) =>
        el('button', { onclick: () => choose(parent) }, parent.slice(0, 8)))));
  }
  refresh().catch((error) => panel.replaceChildren(el('div', { class: 'note' }, error.message)));
  return refresh;
}

function impactOf(impact) {
  const blocked = impact.blocked?.length ?? impact.blocks?.length ?? 0;
  return impact.summary ?? (blocked ? `${blocked} actions would not run.` : 'Nothing else would be held up.');
}
