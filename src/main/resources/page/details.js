// The details panel beside a plan. When it closes, the focus returns to the element that opened it.
import { el } from './dom.js';

export class Details {
  panel = el('aside', { class: 'drawer', hidden: true, 'aria-label': 'Details' });
  #opener = null; #home; #refresh = () => {}; #shown = 0;

  /** home() returns the element to focus if the one that opened the panel no longer exists. */
  constructor(home) { this.#home = home; }

  get open() { return !this.panel.hidden; }

  /** Opens the panel. fill(panel, stays) fills it and returns a refresh function; stays() tells whether the content is still the same. */
  show(fill) {
    if (!this.open) this.#opener = document.activeElement;
    this.panel.hidden = false;
    const shown = ++this.#shown;
    this.#refresh = fill(this.panel, () => shown === this.#shown);
  }

  refresh() { this.#refresh(); }

  close() {
    const focused = document.activeElement;
    const lost = this.panel.contains(focused) || focused === document.body;
    this.#shown += 1;
    this.panel.hidden = true;
    this.panel.replaceChildren();
    this.#refresh = () => {};
    if (lost) this.#before().focus({ preventScroll: true });
  }

  /** The element that opened the panel, or its replacement in a table that has been redrawn since. */
  #before() {
    const { action } = this.#opener?.dataset ?? {};
    const again = action && document.querySelector(`main [data-action="${CSS.escape(action)}"]`);
    const same = this.#opener?.isConnected && this.#opener.closest('main') && this.#opener.id !== 'main' ? this.#opener : null;
    return again || same || this.#home();
  }
}
