// Which place the address names, and what is shown there.
import { showPlans } from './plans.js';
import { showPlan } from './plan.js';
import { el } from './dom.js';

const main = document.getElementById('main');
let leave = () => {};

async function show() {
  leave();
  leave = () => {};
  connected('');
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  const parts = path.split('/').filter(Boolean);
  const arguments_ = new URLSearchParams(query ?? '');
  main.replaceChildren(el('p', { class: 'soft' }, 'Loading…'));
  try {
    const place = { main, arguments: arguments_, connected };
    leave = parts[0] === 'plans' && parts[1]
      ? await showPlan(place, parts[1])
      : await showPlans(place);
  } catch (error) {
    main.className = '';
    main.replaceChildren(el('div', { class: 'note', role: 'alert' }, error.message), el('a', { href: '#/' }, 'All plans'));
  }
}

/** Tells whether what is shown is live. */
function connected(text, lost = false) {
  const status = document.getElementById('connection');
  status.textContent = text;
  status.className = lost ? 'lost' : '';
}

addEventListener('hashchange', show);
show();
