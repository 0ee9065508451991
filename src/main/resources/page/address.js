// What the address says of a plan: whoever passes it on passes on what is seen.
import { Filter } from './model.js';

export class Address {
  #uuid; #query;

  constructor(uuid, query) {
    this.#uuid = uuid;
    this.#query = query;
  }

  get(name) { return this.#query.get(name) ?? ''; }

  /** Puts values in, and takes empty ones out; there is nothing to go back to after that. */
  remember(changes) {
    for (const [name, value] of Object.entries(changes)) {
      if (value === '' || value === null || value === undefined || value === false) this.#query.delete(name);
      else this.#query.set(name, value === true ? '1' : value);
    }
    const text = String(this.#query);
    history.replaceState(null, '', `#/plans/${this.#uuid}${text ? `?${text}` : ''}`);
  }

  get filter() { return new Filter({ state: this.get('state'), type: this.get('type'), layers: this.get('layers') }); }

  /** The page of a table; null where none was asked for. */
  get page() { return this.#query.has('page') ? Math.max(0, Number(this.get('page')) || 0) : null; }
}
