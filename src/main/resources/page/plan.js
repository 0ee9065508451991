// The view of a plan: its graph, its timeline, or its actions as a table, updated live.
import { Address } from './address.js';
import * as api from './api.js';
import { Details } from './details.js';
import { actionDrawer, groupDrawer } from './drawer.js';
import { Graph } from './graph.js';
import { Head } from './head.js';
import { Model, describe } from './model.js';
import { ended } from './states.js';
import { table } from './table.js';
import { expected, pageOfNow, timeline } from './timeline.js';
import { Tools } from './tools.js';
import { walk } from './walk.js';
import { el } from './dom.js';

/** The delay of text updates after a change, in milliseconds. */
const SOON = 100;

/** The interval of forecasts, in milliseconds. */
const FORECASTS = 2000;

/** The interval of clock updates, in milliseconds. */
const TICK = 1000;

export async function showPlan(place, uuid) {
  const [plan, layout] = await Promise.all([api.plan(uuid), api.layout(uuid)]);
  if (!place.stays()) return () => {};
  const view = new PlanView(place, uuid, plan, new Model(layout));
  return () => view.close();
}

class PlanView {
  #uuid; #plan; #model; #settings; #connected; #address; #filter;
  #head; #graph; #tools; #view = el('div', { class: 'view' }); #said = el('p', { class: 'hidden', role: 'status' });
  #details = new Details(() => (this.#graph.canvas.isConnected ? this.#graph.canvas : this.#tools.view));
  #forecast = null; #asking = false; #nextForecast = 0; #page = null;
  #stop = () => {}; #soon = 0; #clock; #drawing = 0; #keys; #closed = false; #rebuilt = false; #touched = false;

  constructor({ main, arguments: query, connected, settings }, uuid, plan, model) {
    this.#uuid = uuid;
    this.#plan = plan;
    this.#model = model;
    this.#settings = settings;
    this.#connected = connected;
    this.#address = new Address(uuid, query);
    this.#filter = this.#address.filter;
    this.#page = this.#address.page;
    this.#head = new Head(uuid, { changed: () => this.#reload(), chosen: (state) => this.#narrow({ state: state === this.#filter.state ? '' : state }) });
    this.#graph = new Graph((at) => this.#pressed(at));
    this.#tools = new Tools({ see: (view) => this.#see(view), find: (text) => this.#find(text), narrow: (to) => this.#narrow(to),
      critical: (on) => this.#critical(on), live: (on) => this.#live(on) });
    document.title = `${plan.name || uuid.slice(0, 8)} · Interlock`;
    main.className = 'plan';
    main.replaceChildren(...this.#head.parts, this.#tools.row, el('div', { class: 'stage' }, this.#view, this.#details.panel), this.#said);
    this.#listen();
    this.#drawHead();
    this.#drawView();
    this.#showModel();
    this.#follow();
    this.#expect();
    if (this.#address.get('critical')) this.#critical(true);
    if (model.node(this.#address.get('action'))) this.#choose(this.#address.get('action'));
    this.#clock = setInterval(() => this.#tick(), TICK);
  }

  close() {
    this.#closed = true;
    clearInterval(this.#clock);
    clearTimeout(this.#soon);
    removeEventListener('keydown', this.#keys);
    this.#stop();
    this.#graph.close();
  }

  // The tools above the drawing.

  #see(view) {
    this.#page = null;
    this.#address.remember({ view, page: '' });
    this.#drawView();
  }

  #narrow(changes) {
    this.#page = null;
    this.#address.remember({ ...changes, page: '' });
    this.#filter = this.#address.filter;
    this.#graph.filter(this.#fits());
    this.#drawHead();
    this.#drawView();
  }

  #fits() {
    return this.#model.groups ? (group) => this.#filter.fitsGroup(group) : (node) => this.#filter.fits(node);
  }

  /** Chooses the first matching action; if a matching action is chosen already, the next one. */
  #find(text) {
    const places = this.#model.find(text);
    if (!text || places.length === 0) {
      this.#tools.found(text ? 'no such action' : '', Boolean(text));
      return;
    }
    const at = (places.indexOf(this.#model.place(this.#address.get('action'))) + 1) % places.length;
    this.#tools.found(places.length > 1 ? `${at + 1} of ${places.length}` : '');
    this.#choose(this.#model.nodes[places[at]].uuid);
  }

  async #critical(on) {
    this.#tools.critical = on;
    this.#address.remember({ critical: on });
    const { steps } = on ? await api.criticalPath(this.#uuid).catch(() => ({ steps: [] })) : { steps: [] };
    this.#graph.critical(new Set(steps.map((link) => this.#drawn(link.uuid)).filter((at) => at !== undefined)));
  }

  #live(on) {
    this.#tools.live = on;
    this.#stop();
    if (on) this.#reload(); else this.#connected('◼ paused: shows the state at that time');
  }

  // The selection.

  /** The place where an action is drawn: its own, or its group's. */
  #drawn(uuid) {
    const place = this.#model.place(uuid);
    return place === undefined ? undefined : this.#model.groups ? this.#model.groups.of[place] : place;
  }

  #pressed(at) {
    if (at < 0) this.#closeDrawer();
    else if (this.#model.groups) this.#chooseGroup(at);
    else this.#choose(this.#model.nodes[at].uuid);
  }

  /** Shows an action in the details panel, and moves the focus there if asked to; keyboard navigation in the graph keeps its focus. */
  #choose(uuid, focus = false) {
    this.#address.remember({ action: uuid });
    this.#details.show((panel, stays) => actionDrawer(panel, uuid, { stays, close: () => this.#closeDrawer(),
      choose: (other) => this.#choose(other, true), model: () => this.#model, settings: this.#settings, focus }));
    this.#graph.choose(this.#drawn(uuid));
    this.#graph.reveal(this.#drawn(uuid));
  }

  #chooseGroup(at) {
    const group = this.#model.groups.list[at];
    const current = () => this.#model.groups?.list.find((it) => it.first === group.first && it.action_type === group.action_type) ?? group;
    this.#address.remember({ action: null });
    this.#graph.choose(at);
    this.#details.show((panel) => groupDrawer(panel, current, {
      close: () => this.#closeDrawer(), choose: (uuid) => this.#choose(uuid, true), model: () => this.#model,
      show: () => {
        this.#address.remember({ view: 'table' });
        this.#narrow({ type: group.action_type, layers: group.first === group.last ? group.first : `${group.first}-${group.last}` });
      } }));
  }

  #closeDrawer() {
    if (!this.#details.open) return;
    this.#address.remember({ action: null });
    this.#graph.choose(-1);
    this.#details.close();
  }

  #listen() {
    walk(this.#graph, {
      model: () => this.#model, chosen: () => this.#model.place(this.#address.get('action')), close: () => this.#closeDrawer(),
      choose: (place) => {
        if (place === undefined) return;
        this.#choose(this.#model.nodes[place].uuid);
        this.#said.textContent = describe(this.#model.nodes[place]).replaceAll('\n', ', ');
      } });
    this.#keys = (event) => {
      const writes = event.target.closest?.('input, select, textarea, dialog');
      if (event.key === '/' && !writes) { this.#tools.search(); event.preventDefault(); }
      if (event.key === 'Escape' && !event.target.closest?.('dialog, select')) this.#closeDrawer();
    };
    addEventListener('keydown', this.#keys);
  }

  // The views.

  #showModel() {
    const { groups, nodes, edges } = this.#model;
    this.#graph.filter(this.#fits());
    if (groups) this.#graph.show(groups.list, groups.edges); else this.#graph.show(nodes, edges);
  }

  #drawHead() { this.#head.draw(this.#plan, this.#filter.state, this.#forecast); }

  /** Loads the forecast, which the head and the timeline share; that of a large plan less often. */
  async #expect() {
    if (this.#asking) return;
    this.#asking = true;
    const began = Date.now();
    try {
      this.#forecast = await expected(this.#uuid);
    } catch {
      // an outdated forecast is better than none
    } finally {
      this.#asking = false;
      this.#nextForecast = Date.now() + FORECASTS + 10 * (Date.now() - began);
    }
    if (this.#closed) return;
    this.#drawHead();
    if (this.#address.get('view') === 'timeline') this.#drawTimeline();
  }

  #drawView() {
    const view = this.#address.get('view');
    this.#tools.draw(this.#model, this.#filter, view);
    if (view === 'table') this.#drawTable();
    else if (view === 'timeline') this.#drawTimeline();
    else if (!this.#graph.canvas.isConnected) {
      this.#view.replaceChildren(...this.#graph.parts(Boolean(this.#model.groups)));
      this.#graph.draw();
    }
  }

  #turned(page) {
    this.#page = page;
    this.#address.remember({ page });
    this.#view.scrollTop = 0;
    this.#drawView();
  }

  #drawTable() {
    this.#replace(table(this.#model, this.#filter, this.#page ?? 0, (uuid) => this.#choose(uuid, true),
      (page) => this.#turned(page)));
  }

  async #drawTimeline() {
    const drawing = ++this.#drawing;
    try {
      this.#forecast ??= await expected(this.#uuid);
      const parts = await timeline(this.#plan, this.#forecast, { page: this.#page ?? pageOfNow(this.#plan),
        fits: ({ uuid }) => this.#filter.everything || this.#filter.fits(this.#model.node(uuid) ?? {}),
        choose: (uuid) => this.#choose(uuid, true), turned: (page) => this.#turned(page) });
      if (drawing === this.#drawing && this.#address.get('view') === 'timeline' && !this.#closed) this.#replace(parts);
    } catch (error) {
      // an outdated timeline is better than none
      if (this.#address.get('view') === 'timeline' && !this.#view.querySelector('.timeline')) this.#replace([el('div', { class: 'note', role: 'alert' }, error.message)]);
    }
  }

  /** Replaces the content of the view; the focus stays on the same button, if it still exists. */
  #replace(parts) {
    const focused = this.#view.contains(document.activeElement)
      ? [...this.#view.querySelectorAll('button')].indexOf(document.activeElement) : -1;
    this.#view.replaceChildren(...parts);
    if (focused >= 0) this.#view.querySelectorAll('button')[focused]?.focus({ preventScroll: true });
  }

  // Changes.

  async #reload() {
    try {
      const [plan, layout] = await Promise.all([api.plan(this.#uuid), api.layout(this.#uuid)]);
      if (this.#closed) return;
      if (plan.revision >= this.#plan.revision) this.#plan = plan; // otherwise a newer change has arrived meanwhile
      this.#model = new Model(layout);
      this.#showModel();
      if (this.#address.get('action')) this.#graph.choose(this.#drawn(this.#address.get('action')));
      if (this.#address.get('critical')) this.#critical(true);
      this.#drawHead();
      this.#drawView();
      this.#details.refresh();
      this.#follow();
      this.#expect();
    } catch (error) {
      this.#connected(error.message, true);
      this.#rebuilt = true;
      if (!this.#closed) this.#soon ||= setTimeout(() => this.#settle(), TICK);
    }
  }

  /** Follows from the earlier revision, because the plan and its layout were loaded independently. */
  #follow() {
    this.#stop();
    if (!this.#tools.live) return;
    this.#stop = api.follow(this.#uuid, Math.min(this.#plan.revision, this.#model.revision), (change) => this.#take(change),
      (open) => this.#connected(open ? '● live' : '○ connection lost; reconnecting', !open));
  }

  #take(change) {
    if (change.revision > this.#plan.revision) {
      this.#plan = { ...this.#plan, state: change.state, paused: change.paused, revision: change.revision,
        finished_at: ended(change.state) ? this.#plan.finished_at : null,
        status_message: change.status_message, actions_by_state: change.actions_by_state,
        rolled_back: change.rolled_back, reverted: change.reverted, reverts: change.reverts };
    }
    const rebuilt = this.#model.apply(change);
    this.#rebuilt ||= rebuilt;
    this.#graph.draw();
    if (change.actions.some((action) => action.uuid === this.#address.get('action')) || this.#model.groups) this.#touched = true;
    this.#soon ||= setTimeout(() => this.#settle(), SOON);
  }

  async #settle() {
    this.#soon = 0;
    if (this.#rebuilt) {
      this.#rebuilt = false;
      await this.#reload();
    }
    if (this.#closed) return;
    if (ended(this.#plan.state) && !this.#plan.finished_at || !this.#plan.started_at) {
      await this.#times();
      this.#expect();
    }
    if (this.#touched) {
      this.#touched = false;
      this.#details.refresh();
    }
    this.#drawHead();
    if (this.#address.get('view') === 'table') this.#drawTable();
    if (ended(this.#plan.state) && this.#address.get('view') === 'timeline') this.#drawTimeline();
  }

  /** Loads the start and end times, which changes do not include. */
  async #times() {
    const { started_at, finished_at } = await api.plan(this.#uuid).catch(() => this.#plan);
    this.#plan = { ...this.#plan, started_at, finished_at };
  }

  #tick() {
    if (document.hidden || ended(this.#plan.state) || !this.#tools.live) return;
    if (Date.now() >= this.#nextForecast) this.#expect();
    this.#drawHead();
    if (this.#address.get('view') === 'timeline' && this.#plan.started_at) this.#drawTimeline();
  }
}
