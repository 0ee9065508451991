// The drawer beside a plan: who opened it has the focus again when it closes.
import { el } from './dom.js';

export class Details {
  panel = el('aside', { class: 'drawer', hidden: true, 'aria-label': 'Details' });
  #opener = null; #home; #refresh = () => {}; #shown = 0;

  /** Takes what gives the element that has the focus when what opened the drawer is gone. */
  constructor(home) { this.#home = home; }

  get open() { return !this.panel.hidden; }

  /** Shows what fill(panel, stays) puts there, as long as stays() says that nothing else was shown since; that returns what refreshes it. */
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

  /** A button of a table that was drawn anew since is another one, for the same action. */
  #before() {
    const { action } = this.#opener?.dataset ?? {};
    const again = action && document.querySelector(`main [data-action="${CSS.escape(action)}"]`);
    const same = this.#opener?.isConnected && this.#opener.closest('main') && this.#opener.id !== 'main' ? this.#opener : null;
    return again || same || this.#home();
  }
}
