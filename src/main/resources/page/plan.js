// One plan: its graph, its timeline, or its actions as a table, live.
import * as api from './api.js';
import { actionDrawer, groupDrawer } from './drawer.js';
import { Graph } from './graph.js';
import { Head } from './head.js';
import { Filter, Model } from './model.js';
import { legend } from './legend.js';
import { ended } from './states.js';
import { table } from './table.js';
import { expected, pageOfNow, timeline } from './timeline.js';
import { el, tell } from './dom.js';

/** How soon what changed is shown in text. */
const SOON = 100;

/** How often clocks go on. */
const TICK = 1000;

const VIEWS = [['', 'Graph'], ['timeline', 'Timeline'], ['table', 'Table']];

export async function showPlan(place, uuid) {
  const [plan, layout] = await Promise.all([api.plan(uuid), api.layout(uuid)]);
  const view = new PlanView(place, uuid, plan, new Model(layout));
  return () => view.close();
}

class PlanView {
  #uuid; #plan; #model; #settings; #connected; #arguments; #filter;
  #head; #graph; #view = el('div', { class: 'view' }); #drawer = el('aside', { class: 'drawer', hidden: true, 'aria-label': 'Details' });
  #canvas = el('canvas', { class: 'graph', tabindex: 0, role: 'img',
    'aria-label': 'The graph of the plan. The table shows the same. Arrows go from action to action, or move it; plus and minus zoom, 0 fits it, Enter chooses.' });
  #map = el('canvas', { class: 'minimap', hidden: true, 'aria-hidden': 'true' });
  #buttons = {}; #refreshDrawer = () => {}; #forecast = null; #page = null;
  #stop = () => {}; #soon = 0; #clock; #drawing = 0; #keys; #closed = false; #rebuilt = false; #touched = false;

  constructor({ main, arguments: query, connected, settings }, uuid, plan, model) {
    this.#uuid = uuid;
    this.#plan = plan;
    this.#model = model;
    this.#settings = settings;
    this.#connected = connected;
    this.#arguments = query;
    this.#filter = this.#filterOf();
    this.#page = query.has('page') ? Number(query.get('page')) : null;
    this.#head = new Head(uuid, { changed: () => this.#reload(), chosen: (state) => this.#narrow({ state: state === this.#filter.state ? '' : state }) });
    this.#graph = new Graph(this.#canvas, this.#map, { pressed: (at) => this.#pressed(at), describe });
    document.title = `${plan.name || uuid.slice(0, 8)} · Interlock`;
    main.className = 'plan';
    main.replaceChildren(...this.#head.parts, this.#tools(), el('div', { class: 'stage' }, this.#view, this.#drawer));
    this.#listen();
    this.#showModel();
    this.#drawHead();
    this.#drawView();
    this.#follow();
    if (this.#get('critical')) this.#critical(true);
    if (model.node(this.#get('action'))) this.#choose(this.#get('action'), true);
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

  // What the address says: whoever passes it on passes on what is seen.

  #get(name) { return this.#arguments.get(name) ?? ''; }

  #remember(changes) {
    for (const [name, value] of Object.entries(changes)) {
      if (value === '' || value === null || value === undefined || value === false) this.#arguments.delete(name);
      else this.#arguments.set(name, value === true ? '1' : value);
    }
    const text = String(this.#arguments);
    history.replaceState(null, '', `#/plans/${this.#uuid}${text ? `?${text}` : ''}`);
  }

  #filterOf() { return new Filter({ state: this.#get('state'), type: this.#get('type'), layers: this.#get('layers') }); }

  // Tools above the drawing.

  #tools() {
    const search = el('input', { type: 'search', placeholder: 'find an action', 'aria-label': 'Find an action', class: 'find',
      onchange: () => this.#find(search) });
    const type = el('select', { 'aria-label': 'Type', onchange: () => this.#narrow({ type: type.value }) });
    const views = VIEWS.map(([name, label]) => el('button', { 'data-mode': name, onclick: () => this.#see(name) }, label));
    const critical = el('button', { 'aria-pressed': 'false', onclick: () => this.#critical(critical.getAttribute('aria-pressed') !== 'true') },
      'Critical path');
    const all = el('button', { hidden: true, onclick: () => this.#narrow({ state: '', type: '', layers: '' }) }, 'Show all');
    const live = el('button', { 'aria-pressed': 'true', title: 'Stop or go on showing what changes; the plan itself goes on',
      onclick: () => this.#live(live.getAttribute('aria-pressed') !== 'true') }, 'Live');
    this.#buttons = { search, type, views, critical, all, live };
    return el('div', { class: 'bar tools-above' }, el('div', { class: 'tabs', role: 'group', 'aria-label': 'View' }, views), search, type, all,
      el('span', { class: 'grow' }), critical, live);
  }

  #drawTools() {
    const { type, views, all } = this.#buttons;
    views.forEach((button) => button.setAttribute('aria-pressed', String(button.dataset.mode === this.#get('view'))));
    type.replaceChildren(el('option', { value: '' }, 'every type'),
      ...this.#model.types.map((name) => el('option', { value: name, selected: name === this.#filter.type }, name)));
    type.hidden = this.#model.types.length < 2;
    all.hidden = this.#filter.everything;
  }

  #see(view) {
    this.#page = null;
    this.#remember({ view, page: '' });
    this.#drawView();
  }

  #narrow(changes) {
    this.#page = null;
    this.#remember({ ...changes, page: '' });
    this.#filter = this.#filterOf();
    this.#graph.filter(this.#fits());
    this.#drawHead();
    this.#drawView();
  }

  #fits() {
    return this.#model.groups ? (group) => this.#filter.fitsGroup(group) : (node) => this.#filter.fits(node);
  }

  #find(search) {
    const text = search.value.trim();
    const place = this.#model.find(text);
    search.setAttribute('aria-invalid', String(Boolean(text) && place < 0));
    if (text && place < 0) tell(`No action has “${text}” in its name.`);
    if (place >= 0) this.#choose(this.#model.nodes[place].uuid, true);
  }

  async #critical(on) {
    this.#buttons.critical.setAttribute('aria-pressed', String(on));
    this.#remember({ critical: on });
    const { actions } = on ? await api.criticalPath(this.#uuid) : { actions: [] };
    this.#graph.critical(new Set(actions.map((link) => this.#drawn(link.uuid)).filter((at) => at !== undefined)));
  }

  #live(on) {
    this.#buttons.live.setAttribute('aria-pressed', String(on));
    this.#stop();
    if (on) this.#reload(); else this.#connected('◼ paused: shows how it was');
  }

  // What is chosen.

  /** The place at which an action is drawn: its own, or its group's. */
  #drawn(uuid) {
    const place = this.#model.place(uuid);
    return place === undefined ? undefined : this.#model.groups ? this.#model.groups.of[place] : place;
  }

  #pressed(at) {
    if (at < 0) this.#choose(null);
    else if (this.#model.groups) this.#chooseGroup(at);
    else this.#choose(this.#model.nodes[at].uuid);
  }

  #choose(uuid, bring = false) {
    this.#remember({ action: uuid });
    this.#drawer.hidden = uuid === null;
    const at = uuid === null ? -1 : this.#drawn(uuid);
    this.#graph.choose(at);
    if (bring && at >= 0) this.#graph.centre(at);
    this.#refreshDrawer = uuid === null ? () => {} : actionDrawer(this.#drawer, uuid, {
      close: () => { this.#choose(null); this.#canvas.focus(); }, choose: (other) => this.#choose(other, false),
      model: () => this.#model, settings: this.#settings });
    if (at >= 0) this.#graph.reveal(at);
  }

  #chooseGroup(at) {
    const group = this.#model.groups.list[at];
    this.#remember({ action: null });
    this.#drawer.hidden = false;
    this.#graph.choose(at);
    this.#refreshDrawer = groupDrawer(this.#drawer, group, {
      close: () => this.#choose(null), choose: (uuid) => this.#choose(uuid), model: () => this.#model,
      show: () => {
        this.#remember({ view: 'table' });
        this.#narrow({ type: group.action_type, layers: group.first === group.last ? group.first : `${group.first}-${group.last}` });
      } });
  }

  #listen() {
    this.#canvas.addEventListener('keydown', (event) => {
      const step = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key];
      const other = { '+': () => this.#graph.zoom(1.25), '=': () => this.#graph.zoom(1.25), '-': () => this.#graph.zoom(0.8),
        0: () => this.#graph.fit(), Enter: () => this.#enter(), Escape: () => this.#choose(null) }[event.key];
      if (step) this.#step(event.key, step, event.shiftKey); else other?.();
      if (step || other) event.preventDefault();
    });
    this.#keys = (event) => {
      const writes = event.target.closest?.('input, select, textarea, dialog');
      if (event.key === '/' && !writes) { this.#buttons.search.focus(); event.preventDefault(); }
      if (event.key === 'Escape' && !writes && !this.#drawer.hidden) this.#choose(null);
    };
    addEventListener('keydown', this.#keys);
  }

  #enter() {
    const begin = this.#model.nodes.findIndex((node) => ['ONGOING', 'FAILED'].includes(node.state));
    if (this.#model.nodes.length) this.#choose(this.#model.nodes[Math.max(0, begin)].uuid);
    this.#canvas.focus();
  }

  /** From the chosen action to a parent, a child, or the next one of its column; else the drawing is moved. */
  #step(key, by, shift) {
    const at = this.#model.place(this.#get('action'));
    if (at === undefined || shift || this.#model.groups) {
      this.#graph.move(...by);
      return;
    }
    const { nodes } = this.#model, from = nodes[at];
    const near = key === 'ArrowLeft' || key === 'ArrowRight' ? this.#model.neighbours(at, key === 'ArrowRight')
      : nodes.map((_, place) => place).filter((place) => nodes[place].x === from.x && (nodes[place].y - from.y) * -by[1] > 0);
    const next = near.sort((one, other) => Math.abs(nodes[one].y - from.y) - Math.abs(nodes[other].y - from.y))[0];
    if (next !== undefined) {
      this.#choose(nodes[next].uuid);
      this.#canvas.focus();
    }
  }

  // What is shown.

  #showModel() {
    const { groups, nodes, edges } = this.#model;
    this.#graph.filter(this.#fits());
    if (groups) this.#graph.show(groups.list, groups.edges); else this.#graph.show(nodes, edges);
  }

  #drawHead() {
    this.#head.draw(this.#plan, this.#filter.state);
    this.#drawTools();
  }

  #drawView() {
    const view = this.#get('view');
    this.#drawTools();
    if (view === 'table') this.#drawTable();
    else if (view === 'timeline') this.#drawTimeline();
    else if (!this.#canvas.isConnected) {
      const tool = (name, label, act) => el('button', { 'aria-label': label, title: label, onclick: act }, name);
      this.#view.replaceChildren(this.#canvas, this.#map, legend(Boolean(this.#model.groups)), el('div', { class: 'tools' },
        tool('+', 'Zoom in', () => this.#graph.zoom(1.25)), tool('−', 'Zoom out', () => this.#graph.zoom(0.8)),
        tool('⤢', 'Fit', () => this.#graph.fit())));
      this.#graph.draw();
    }
  }

  #turned(page) {
    this.#page = page;
    this.#remember({ page });
    this.#view.scrollTop = 0;
    this.#drawView();
  }

  #drawTable() {
    this.#replace(table(this.#model, this.#filter, this.#page ?? 0, (uuid) => this.#choose(uuid), (page) => this.#turned(page)));
  }

  async #drawTimeline() {
    const drawing = ++this.#drawing;
    try {
      this.#forecast ??= await expected(this.#uuid);
      const parts = await timeline(this.#plan, this.#forecast, this.#page ?? pageOfNow(this.#plan), (uuid) => this.#choose(uuid),
        (page) => this.#turned(page));
      if (drawing === this.#drawing && this.#get('view') === 'timeline' && !this.#closed) this.#replace(parts);
    } catch (error) {
      if (this.#get('view') === 'timeline') this.#replace([el('div', { class: 'note', role: 'alert' }, error.message)]);
    }
  }

  /** Shows something else in the view; the focus stays on what it was on, if that is there still. */
  #replace(parts) {
    const focused = this.#view.contains(document.activeElement)
      ? [...this.#view.querySelectorAll('button')].indexOf(document.activeElement) : -1;
    this.#view.replaceChildren(...parts);
    if (focused >= 0) this.#view.querySelectorAll('button')[focused]?.focus({ preventScroll: true });
  }

  // What changes.

  async #reload() {
    try {
      const [plan, layout] = await Promise.all([api.plan(this.#uuid), api.layout(this.#uuid)]);
      if (this.#closed) return;
      this.#plan = plan;
      this.#model = new Model(layout);
      this.#showModel();
      if (this.#get('action')) this.#graph.choose(this.#drawn(this.#get('action')));
      if (this.#get('critical')) this.#critical(true);
      this.#drawHead();
      this.#drawView();
      this.#refreshDrawer();
      this.#follow();
    } catch (error) {
      this.#connected(error.message, true);
    }
  }

  #follow() {
    this.#stop();
    if (this.#buttons.live.getAttribute('aria-pressed') !== 'true') return;
    this.#stop = api.follow(this.#uuid, this.#model.revision, (change) => this.#take(change),
      (open) => this.#connected(open ? '● live' : '○ connection lost; trying to come back', !open));
  }

  #take(change) {
    this.#plan = { ...this.#plan, state: change.state, paused: change.paused, revision: change.revision,
      status_message: change.status_message, actions_by_state: change.actions_by_state };
    const rebuilt = this.#model.apply(change);
    this.#rebuilt ||= rebuilt;
    this.#graph.draw();
    if (change.actions.some((action) => action.uuid === this.#get('action')) || this.#model.groups) this.#touched = true;
    this.#soon ||= setTimeout(() => this.#settle(), SOON);
  }

  async #settle() {
    this.#soon = 0;
    if (this.#rebuilt) {
      this.#rebuilt = false;
      await this.#reload();
    }
    if (ended(this.#plan.state) && !this.#plan.finished_at || !this.#plan.started_at) await this.#times();
    if (this.#touched) {
      this.#touched = false;
      this.#refreshDrawer();
    }
    this.#drawHead();
    if (this.#get('view') === 'table') this.#drawTable();
    if (ended(this.#plan.state) && this.#get('view') === 'timeline') this.#drawTimeline();
  }

  /** When it started and ended; changes do not say so. */
  async #times() {
    const { started_at, finished_at } = await api.plan(this.#uuid).catch(() => ({}));
    this.#plan = { ...this.#plan, started_at, finished_at };
  }

  #tick() {
    if (document.hidden || ended(this.#plan.state) || this.#buttons.live.getAttribute('aria-pressed') !== 'true') return;
    this.#drawHead();
    if (this.#get('view') === 'timeline' && this.#plan.started_at) this.#drawTimeline();
  }
}

function describe(node) {
  if (node.count) return `${node.count} × ${node.action_type}`;
  const attempt = node.attempt > 1 ? `, attempt ${node.attempt}` : '';
  const progress = node.progress > 0 && node.state === 'ONGOING' ? `, ${Math.round(100 * node.progress)} %` : '';
  return `${node.id}\n${node.state}${attempt}${progress}\n${node.action_type}`;
}
