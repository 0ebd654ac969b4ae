// browser.mjs - the same person as client.mjs, in Debian's Chromium: real clicks, axe on every page, nothing wider than the screen.
import { chromium } from 'playwright-core';
import { mkdirSync, readFileSync } from 'node:fs';
import { Client, plain, textOf } from './client.mjs';

const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
let browser;
export async function open() {
  browser ??= await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
  return browser;
}
export async function close() { await browser?.close(); browser = undefined; }

export class BrowserClient extends Client {
  constructor(base, width, faults, pictures) { super(base); Object.assign(this, { width, faults, pictures, shot: 0, checked: new Set() }); }

  async start() {
    if (this.page) return;
    const context = await (await open()).newContext({ viewport: { width: this.width, height: this.width < 600 ? 844 : 900 }, bypassCSP: false, locale: 'fr-FR' });
    this.page = await context.newPage();
    this.page.on('console', m => { if (m.type() === 'error' && !/status of 4\d\d/.test(m.text())) this.faults.add(`${this.page.url()}: console: ${m.text()}`); });
    this.page.on('pageerror', e => this.faults.add(`${this.page.url()}: ${e.message}`));
    this.page.on('response', r => { if (r.request().isNavigationRequest()) this.status = r.status(); });
  }

  async look() {
    await this.page.waitForLoadState('load');
    this.url = this.page.url(); this.html = await this.page.content(); this.fills = [];
    const kind = `${new URL(this.url).pathname.replace(/\d[\d-]*/g, 'N').replace(/\/l\/.*/, '/l/N')}`;
    if (this.checked.has(kind)) return this;
    this.checked.add(kind);
    const wide = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) {
      const who = await this.page.evaluate(() => [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1).slice(0, 6).map(e => `${e.tagName}.${e.className}`).join(' '));
      this.faults.add(`${this.url}: ${wide} px wider than ${this.width}: ${who}`);
    }
    // axe runs in a world of its own: the page's policy stays as strict as it is.
    const cdp = await this.page.context().newCDPSession(this.page);
    const { frameTree } = await cdp.send('Page.getFrameTree'), { executionContextId } = await cdp.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'axe' });
    await cdp.send('Runtime.evaluate', { expression: axe, contextId: executionContextId });
    const { result } = await cdp.send('Runtime.evaluate', { expression: `axe.run(document, { runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice'] }).then(r => JSON.stringify(r.violations.map(v => [v.id, v.nodes.slice(0, 3).map(n => n.html.slice(0, 160))])))`, contextId: executionContextId, awaitPromise: true, returnByValue: true });
    for (const [id, nodes] of JSON.parse(result.value ?? '[]')) this.faults.add(`${kind} at ${this.width}: axe ${id}: ${nodes.join(' ¦ ')}`);
    await cdp.detach();
    if (this.pictures) { mkdirSync(this.pictures, { recursive: true }); await this.page.screenshot({ path: `${this.pictures}/${this.width}-${kind.replace(/\W+/g, '_')}.png`, fullPage: true }); }
    return this;
  }

  async get(url) {
    await this.start();
    const target = new URL(url, this.url).href;
    try { await this.page.goto(target); } catch (e) { if (!/Download is starting|ERR_ABORTED/.test(e.message)) throw e; }
    return this.look();
  }
  // Papers are fetched with the browser's own cookies.
  async request(url) {
    const answer = await this.page.context().request.get(new URL(url, this.url).href);
    this.status = answer.status(); this.bytes = await answer.body();
    return this;
  }
  async follow(label) { const href = this.link(label); return /\/documents\/|\/fichier|\.pdf/.test(href) ? this.request(href) : this.get(href); }

  async type(form, name, value) {
    const field = form.locator(`[name="${name}"]`), count = await field.count();
    if (!count) throw new Error(`no field "${name}" on ${this.url}`);
    const type = await field.first().getAttribute('type'), tag = await field.first().evaluate(e => e.tagName);
    if (value?.file) return field.first().setInputFiles(value.file);
    if (tag === 'SELECT') return field.first().selectOption(value);
    if (type === 'radio') return form.locator(`[name="${name}"][value="${value}"]`).check({ force: true });
    if (type === 'checkbox') return (value === 'on' || count === 1 ? field.first() : form.locator(`[name="${name}"][value="${value}"]`)).check({ force: true });
    const nth = this.typed.get(name) ?? 0; this.typed.set(name, nth + 1);
    return field.nth(nth).fill(value);
  }
  async press(label) {
    const { button, index } = this.find(label), here = this.page.locator('form').nth(index), wanted = plain(button.label);
    const buttons = here.locator('button');
    this.typed = new Map();
    for (let k = 0; k < await buttons.count(); k++) {
      if (textOf(await buttons.nth(k).innerHTML()) !== wanted) continue;
      await here.evaluate(f => { f.noValidate = true; for (let e = f; e; e = e.parentElement) if (e.tagName === 'DETAILS') e.open = true; });
      for (const [name, value] of this.fills) await this.type(here, name, value);
      await Promise.all([this.page.waitForNavigation({ waitUntil: 'load', timeout: 30000 }), buttons.nth(k).click()]);
      return this.look();
    }
    throw new Error(`button "${label}" cannot be pressed on ${this.url}`);
  }
}
