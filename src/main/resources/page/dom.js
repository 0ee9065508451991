// Small building blocks of the page. Text is only ever set as text: nothing of a plan is read as HTML.

/** Makes an element: el('td', {class: 'number'}, '7', other). */
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
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** How long ago, or how long, in a word. */
export function span(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
}

export const since = (time) => span(Date.now() - Date.parse(time));

/** Asks before something is lost. Resolves to whether it was agreed to. */
export function ask(question, yes) {
  return new Promise((resolve) => {
    const answer = (agreed) => { dialog.close(); dialog.remove(); resolve(agreed); };
    const dialog = el('dialog', { 'aria-label': question, oncancel: () => answer(false) },
      el('p', {}, question),
      el('div', { class: 'bar' },
        el('span', { class: 'grow' }),
        el('button', { onclick: () => answer(false) }, 'No'),
        el('button', { class: 'danger', onclick: () => answer(true) }, yes)));
    document.body.append(dialog);
    dialog.showModal();
  });
}
