// The toolbar above a plan: view, search, filters, critical path, and live updates.
import { el } from './dom.js';

const VIEWS = [['', 'Graph'], ['timeline', 'Timeline'], ['table', 'Table']];

export class Tools {
  #search = el('input', { type: 'search', placeholder: 'find an action', 'aria-label': 'Find an action', class: 'find' });
  #found = el('span', { role: 'status', class: 'soft found' });
  #type = el('select', { 'aria-label': 'Type' });
  #all = el('button', { hidden: true }, 'Show all');
  #critical = el('button', { 'aria-pressed': 'false' }, 'Critical path');
  #live = el('button', { class: 'live', 'aria-pressed': 'true', title: 'Pause or resume live updates of the page; the plan itself continues' }, 'Live');
  #views;
  #types = '';

  /** Calls see(view), find(text), narrow(criteria), critical(on) and live(on) when the user presses a tool. */
  constructor({ see, find, narrow, critical, live }) {
    this.#views = VIEWS.map(([name, label]) => el('button', { 'data-mode': name, onclick: () => see(name) }, label));
    // not a change event, because Enter repeats the search without a change of the text
    this.#search.addEventListener('keydown', (event) => { if (event.key === 'Enter') find(this.#search.value.trim()); });
    this.#search.addEventListener('input', () => this.found(''));
    this.#type.addEventListener('change', () => narrow({ type: this.#type.value }));
    this.#all.addEventListener('click', () => narrow({ state: '', type: '', layers: '' }));
    this.#critical.addEventListener('click', () => critical(!pressed(this.#critical)));
    this.#live.addEventListener('click', () => live(!pressed(this.#live)));
  }

  get row() {
    return el('div', { class: 'bar tools-above' }, el('div', { class: 'tabs', role: 'group', 'aria-label': 'View' }, this.#views),
      this.#search, this.#found, this.#type, this.#all, el('span', { class: 'grow' }), this.#critical, this.#live);
  }

  get live() { return pressed(this.#live); }
  set live(on) { press(this.#live, on); }
  set critical(on) { press(this.#critical, on); }

  /** Shows the result of a search; an empty result is coloured, too. */
  found(text, nothing = false) {
    this.#found.textContent = text;
    this.#search.setAttribute('aria-invalid', String(nothing));
  }

  search() {
    this.#search.focus();
    this.#search.select();
  }

  /** The button of the current view. */
  get view() { return this.#views.find(pressed); }

  draw({ types }, filter, view) {
    this.#views.forEach((button) => press(button, button.dataset.mode === view));
    const now = JSON.stringify([types, filter.type]);
    if (now !== this.#types) { // otherwise an open list would close
      this.#types = now;
      this.#type.replaceChildren(el('option', { value: '' }, 'all types'),
        ...types.map((name) => el('option', { value: name, selected: name === filter.type }, name)));
      this.#type.hidden = types.length < 2;
    }
    this.#all.hidden = filter.everything;
  }
}

const pressed = (button) => button.getAttribute('aria-pressed') === 'true';
const press = (button, on) => button.setAttribute('aria-pressed', String(on));
