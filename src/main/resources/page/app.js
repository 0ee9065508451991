// Which place the address names, and what is shown there.
import * as api from './api.js';
import { showPlans } from './plans.js';
import { showPlan } from './plan.js';
import { el } from './dom.js';

const main = document.getElementById('main');
let leave = () => {};
let settings = null;
let visit = 0;

async function show() {
  const here = ++visit;
  leave();
  leave = () => {};
  connected('');
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  const parts = path.split('/').filter(Boolean);
  main.replaceChildren(el('p', { class: 'soft' }, 'Loading…'));
  try {
    settings ??= await api.settings();
    document.getElementById('simulation').hidden = !settings.simulation;
    const place = { main, arguments: new URLSearchParams(query ?? ''), connected, settings };
    const left = parts[0] === 'plans' && parts[1] ? await showPlan(place, parts[1]) : await showPlans(place);
    if (here === visit) leave = left; else left();
  } catch (error) {
    main.className = '';
    main.replaceChildren(el('div', { class: 'note', role: 'alert' }, error.message),
      el('div', { class: 'bar' }, el('button', { onclick: show }, 'Try again'), el('a', { href: '#/' }, 'All plans')));
  }
}

/** Tells whether what is shown is live. */
function connected(text, lost = false) {
  const status = document.getElementById('connection');
  if (status.textContent !== text) status.textContent = text;
  status.className = lost ? 'lost' : '';
}

addEventListener('hashchange', show);
show();
