// Building blocks of the page. Text is always set as text, so that no part of a plan is interpreted as HTML.

/** Creates an element: el('td', {class: 'number'}, '7', other). */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith('on')) {
      node.addEventListener(name.slice(2), value);
    } else if (value === true) {
      node.setAttribute(name, '');
    } else if (value !== false && value !== null && value !== undefined) {
      node.setAttribute(name, value);
    }
  }
  node.append(...children.flat(2).filter((child) => child !== null && child !== undefined));
  return node;
}

/** A duration as text, in its one or two largest units. */
export function span(milliseconds) {
  if (milliseconds > 0 && milliseconds < 950) return `${Math.max(1, Math.round(milliseconds))} ms`;
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 ? `${minutes} min ${seconds % 60} s` : `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
}

/** The time of day of a moment, with the date if it is another day. */
export function clock(time) {
  const moment = new Date(time);
  const today = moment.toDateString() === new Date().toDateString();
  return today ? moment.toLocaleTimeString('en-GB') : moment.toLocaleString('en-GB');
}

/** The time since a moment, in its largest unit. */
export function since(time) {
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(time)) / 1000));
  const [size, unit] = [[86400, 'days'], [3600, 'h'], [60, 'min'], [1, 's']].find(([it]) => seconds >= it * (it === 86400 ? 2 : 1)) ?? [1, 's'];
  return `${Math.floor(seconds / size)} ${unit} ago`;
}

/** A number with separators between thousands. */
export const grouped = (number) => number.toLocaleString('en');

/**
 * Remembers the focus before a dialog opens; returns a function that restores it after the dialog has closed. Browsers restore the focus
 * themselves, but not to an element that has been redrawn: its replacement is found by data-keep, or else the heading gets the focus.
 */
function focusBefore() {
  const opener = document.activeElement;
  const beside = opener.closest('aside, main');
  return () => {
    if (opener.isConnected || !beside) return;
    const again = opener.dataset.keep && beside.querySelector(`[data-keep="${CSS.escape(opener.dataset.keep)}"]`);
    (again || beside.querySelector('h1, h2'))?.focus({ preventScroll: true });
  };
}

/** Asks for confirmation; resolves to the answer. */
export function ask(question, yes) {
  return new Promise((resolve) => {
    const focusAgain = focusBefore();
    const answer = (agreed) => { dialog.close(); dialog.remove(); focusAgain(); resolve(agreed); };
    const dialog = el('dialog', { 'aria-label': question, oncancel: () => answer(false) },
      el('p', {}, question),
      el('div', { class: 'bar' },
        el('span', { class: 'grow' }),
        el('button', { onclick: () => answer(false) }, 'Back'),
        el('button', { class: 'danger', onclick: () => answer(true) }, yes)));
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Shows an error until it is closed. */
export function tell(message) {
  const focusAgain = focusBefore();
  const dialog = el('dialog', { role: 'alertdialog', 'aria-label': message, onclose: () => { dialog.remove(); focusAgain(); } },
    el('p', {}, message),
    el('div', { class: 'bar' }, el('span', { class: 'grow' }), el('button', { onclick: () => dialog.close() }, 'Close')));
  document.body.append(dialog);
  dialog.showModal();
}

/** Copies a text to the clipboard, and shows the result on the button. */
export async function copy(text, button) {
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
  } catch {
    button.textContent = 'Not permitted by the browser; select the text above';
  }
  setTimeout(() => { button.textContent = label; }, 2000);
}
