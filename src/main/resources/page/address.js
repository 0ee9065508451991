// The view of a plan as stored in the page's address, so that a link shows the same view.
import { Filter } from './model.js';

export class Address {
  #uuid; #query;

  constructor(uuid, query) {
    this.#uuid = uuid;
    this.#query = query;
  }

  get(name) { return this.#query.get(name) ?? ''; }

  /** Sets values, and removes empty ones, without a new entry in the browser's history. */
  remember(changes) {
    for (const [name, value] of Object.entries(changes)) {
      if (value === '' || value === null || value === undefined || value === false) this.#query.delete(name);
      else this.#query.set(name, value === true ? '1' : value);
    }
    const text = String(this.#query);
    history.replaceState(null, '', `#/plans/${this.#uuid}${text ? `?${text}` : ''}`);
  }

  get filter() { return new Filter({ state: this.get('state'), type: this.get('type'), layers: this.get('layers') }); }

  /** The page of a table; null if the address has none. */
  get page() { return this.#query.has('page') ? Math.max(0, Number(this.get('page')) || 0) : null; }
}
