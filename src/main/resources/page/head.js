// The head of a plan: its progress, its duration, and the buttons.
import * as api from './api.js';
import { planState, progressOf } from './plans.js';
import { ACTION_STATES, ended, mark, variable } from './states.js';
import { ask, clock, el, grouped, span, tell } from './dom.js';

const VERBS = [
  ['start', 'Start', (plan) => plan.state === 'RECOMMENDED', null],
  ['pause', 'Pause', (plan) => ['PENDING', 'ONGOING'].includes(plan.state) && !plan.paused, null],
  ['resume', 'Resume', (plan) => plan.paused && !ended(plan.state), null],
  ['retry', 'Retry', (plan) => ['FAILED', 'CANCELLED'].includes(plan.state),
    'Retry this plan? Failed and cancelled actions run again; succeeded ones do not.', 'Retry the plan'],
  ['cancel', 'Cancel', (plan) => ['RECOMMENDED', 'PENDING', 'ONGOING'].includes(plan.state),
    'Cancel this plan? Running actions are aborted, and no further action starts.', 'Cancel the plan'],
];

/** Draws the head; calls changed() after a command, and chosen(state) when the user selects the actions of a state. */
export class Head {
  #title = el('div', { class: 'bar title' });
  #counts = el('div', { class: 'counts', role: 'group', 'aria-label': 'Filter by state' });
  #message = el('div', { hidden: true });
  #verbs = ''; #buttons = []; #changed; #chosen; #uuid;

  constructor(uuid, { changed, chosen }) {
    this.#uuid = uuid;
    this.#changed = changed;
    this.#chosen = chosen;
  }

  get parts() { return [this.#title, this.#message, this.#counts]; }

  draw(plan, state, forecast) {
    const { bar, text } = progressOf(plan);
    const fitting = VERBS.filter(([, , fits]) => fits(plan));
    const verbs = fitting.map(([verb]) => verb).join();
    if (verbs !== this.#verbs || this.#buttons.length === 0) { // keep the buttons, because the user may be pressing one
      this.#verbs = verbs;
      const pressed = this.#buttons.find((it) => it === document.activeElement);
      this.#buttons = fitting.map((verb) => this.#button(verb));
      const name = plan.name || plan.uuid.slice(0, 8);
      this.#title.replaceChildren(el('h1', { title: name, tabindex: -1 }, name), el('span', { class: 'now' }), el('span', { class: 'grow' }),
        el('span', { class: 'verbs' }, this.#buttons));
      if (pressed) {
        const again = this.#buttons.find((it) => it.dataset.keep === pressed.dataset.keep) ?? this.#buttons[0];
        (again ?? this.#title.querySelector('h1')).focus();
      }
    }
    this.#title.querySelector('.now').replaceChildren(planState(plan), bar,
      el('span', { class: 'soft' }, `${text}${eta(plan, forecast)}`));
    const counted = ACTION_STATES.filter((it) => plan.actions_by_state[it] > 0 || it === state);
    counted.forEach((it, at) => this.#count(it, plan.actions_by_state[it] ?? 0, it === state, at));
    while (this.#counts.children.length > counted.length) this.#counts.lastChild.remove();
    const said = plan.status_message ?? '';
    if (this.#message.textContent !== said) {
      this.#message.hidden = !said;
      this.#message.replaceChildren(said ? el('div', { class: plan.state === 'FAILED' ? 'note' : 'note info' }, said) : '');
    }
  }

  #count(state, number, pressed, at) {
    let button = this.#counts.children[at];
    if (!button) {
      button = el('button', { onclick: (event) => this.#chosen(event.currentTarget.dataset.state) });
      this.#counts.append(button);
    }
    button.dataset.state = state;
    button.setAttribute('aria-pressed', String(pressed));
    button.style.color = `var(${variable(state)})`;
    button.textContent = `${mark(state)} ${grouped(number)} ${state}`;
  }

  #button([verb, label, , question, yes]) {
    const style = verb === 'start' ? 'primary' : verb === 'cancel' ? 'danger' : '';
    return el('button', { class: style, 'data-keep': verb, onclick: async () => {
      if (question === null || await ask(question, yes)) {
        await api.command(this.#uuid, verb).catch((error) => tell(error.message));
        await this.#changed();
      }
    } }, label);
  }
}

/** The elapsed time and the expected end: the same as in the timeline, REST and the command line. */
function eta(plan, forecast) {
  const foreseen = forecast ? 1000 * forecast.makespan_seconds : plan.forecast ? 1000 * plan.forecast.makespan_seconds : null;
  if (!plan.started_at) return foreseen !== null && !ended(plan.state) ? `, about ${span(foreseen)}` : '';
  const begin = Date.parse(plan.started_at);
  const planned = forecast?.baseline_makespan_seconds ? 1000 * forecast.baseline_makespan_seconds : null;
  const late = (took) => (planned !== null && took > 1.05 * planned && took - planned >= 1000 ? `, ${span(took - planned)} later than expected` : '');
  if (plan.finished_at) {
    const took = Date.parse(plan.finished_at) - begin;
    return `, took ${span(took)}${late(took)}`;
  }
  const ran = `, ${span(Date.now() - begin)}`;
  if (!forecast || plan.paused) return ran;
  const left = Date.parse(forecast.finish_p50) - Date.now();
  const sure = forecast.finish_p90 === forecast.finish_p50 ? '' : `, with 90 % by ${clock(forecast.finish_p90)}`;
  return `${ran}, ends at ${clock(forecast.finish_p50)}${sure}${left > 0 ? `, about ${span(left)} to go` : ''}${late(foreseen)}`;
}
