// Shows the view that the address selects.
import * as api from './api.js';
import { showPlans } from './plans.js';
import { showPlan } from './plan.js';
import { el } from './dom.js';

/** The wait before an unreachable service is asked again, in milliseconds. */
const AGAIN = 2000;

const main = document.getElementById('main');
let leave = () => {};
let settings = null;
let visit = 0;
let again = 0;
let shown = null;

async function show() {
  const here = ++visit;
  clearTimeout(again);
  leave();
  leave = () => {};
  connected('');
  performance.mark('interlock:visit');
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  const parts = path.split('/').filter(Boolean);
  const kept = document.activeElement?.dataset.keep;
  // the previous view stays visible, but inert
  main.inert = true;
  if (!main.hasChildNodes()) main.replaceChildren(el('p', { class: 'soft' }, 'Loading…'));
  try {
    settings ??= await api.settings();
    document.getElementById('simulation').hidden = !settings.simulation;
    const place = { main, arguments: new URLSearchParams(query ?? ''), connected, settings, stays: () => here === visit };
    const left = parts[0] === 'plans' && parts[1] ? await showPlan(place, parts[1]) : await showPlans(place);
    if (here === visit) leave = left; else left();
  } catch (error) {
    if (here === visit) fail(error);
  }
  if (here !== visit) return;
  main.inert = false;
  const before = kept && main.querySelector(`[data-keep="${CSS.escape(kept)}"]`);
  if (before) before.focus({ preventScroll: true });
  else if (shown !== null && shown !== path) main.focus({ preventScroll: true });
  shown = path;
}

function fail(error) {
  main.className = '';
  const away = error instanceof api.Away;
  document.title = 'Interlock';
  main.replaceChildren(
    el('h1', {}, away ? 'Service unreachable' : error.status === 404 ? 'Plan not found' : 'Error'),
    el('div', { class: 'note', role: 'alert' }, error.message, away ? ' Retrying every 2 s.' : ''),
    el('div', { class: 'bar' }, el('a', { class: 'button', href: '#/' }, 'All plans'), el('button', { onclick: show }, 'Try again')));
  if (away) again = setTimeout(show, AGAIN);
}

/** Shows whether the view is live. */
function connected(text, lost = false) {
  const status = document.getElementById('connection');
  if (status.textContent !== text) status.textContent = text;
  status.className = lost ? 'lost' : '';
}

addEventListener('hashchange', show);
show();
