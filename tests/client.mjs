// client.mjs - a person at the keyboard without a browser: pages, forms and cookies of one instance.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'" };
export const decode = s => s.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (all, e) =>
  entities[e] ?? (e[0] === '#' ? String.fromCodePoint(e[1] === 'x' ? parseInt(e.slice(2), 16) : +e.slice(1)) : all));
// What a reader compares: one blank is one blank, every apostrophe the same.
export const plain = s => s.replace(/[\u00a0\u202f]/g, ' ').replace(/’/g, "'").replace(/\u2212/g, '-').replace(/\s+/g, ' ').trim();
export const textOf = html => plain(decode(html.replace(/<(script|style|svg)[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]+>/g, ' ')));
const attributes = tag => Object.fromEntries([...tag.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].slice(1).map(m => [m[1], decode(m[2] ?? '')]));

function fieldsOf(form) {
  const fields = [];
  for (const m of form.matchAll(/<input\b[^>]*>|<textarea\b([^>]*)>([\s\S]*?)<\/textarea>|<select\b[^>]*>[\s\S]*?<\/select>/g)) {
    const a = attributes(m[0].match(/<[^>]*>/)[0]);
    if (!a.name || 'disabled' in a) continue;
    if (m[0].startsWith('<textarea')) fields.push({ name: a.name, value: decode(m[2]).replace(/^\n/, ''), type: 'text' });
    else if (m[0].startsWith('<select')) {
      const options = [...m[0].matchAll(/<option\b([^>]*)>([^<]*)/g)].map(o => ({ label: textOf(o[2]), ...attributes('<option' + o[1] + '>') }));
      const chosen = options.find(o => 'selected' in o) ?? options[0];
      fields.push({ name: a.name, value: chosen?.value ?? '', type: 'select', options });
    } else fields.push({ name: a.name, value: a.value ?? '', type: a.type ?? 'text', checked: 'checked' in a });
  }
  return fields;
}

function formsOf(html) {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(m => {
    const a = attributes('<form' + m[1] + '>');
    const buttons = [...m[2].matchAll(/<button\b([^>]*)>([\s\S]*?)<\/button>/g)].map(b => ({ ...attributes('<button' + b[1] + '>'), label: textOf(b[2]) }));
    return { action: a.action, method: (a.method ?? 'get').toLowerCase(), multipart: /multipart/.test(a.enctype ?? ''), html: m[2], buttons, fields: fieldsOf(m[2]) };
  });
}

export class Client {
  constructor(base) { this.base = base; this.jar = new Map(); this.fills = []; this.url = base + '/'; this.html = ''; this.status = 0; }

  async request(url, init = {}) {
    let target = new URL(url, this.url), redirects = 0;
    for (;;) {
      const cookie = [...this.jar].map(([k, v]) => `${k}=${v}`).join('; ');
      const answer = await fetch(target, { ...init, redirect: 'manual', headers: { ...(cookie ? { cookie } : {}), ...init.headers } });
      for (const line of answer.headers.getSetCookie?.() ?? []) {
        const [pair] = line.split(';'), at = pair.indexOf('=');
        if (/max-age=0/i.test(line) || pair.slice(at + 1) === '') this.jar.delete(pair.slice(0, at));
        else this.jar.set(pair.slice(0, at), pair.slice(at + 1));
      }
      if (answer.status >= 300 && answer.status < 400 && redirects++ < 8) {
        await answer.arrayBuffer();
        target = new URL(answer.headers.get('location'), target);
        init = {};
        continue;
      }
      this.url = target.href; this.status = answer.status; this.headers = answer.headers;
      this.bytes = Buffer.from(await answer.arrayBuffer());
      this.html = /html/.test(answer.headers.get('content-type') ?? '') ? this.bytes.toString('utf8') : '';
      this.fills = [];
      return this;
    }
  }

  get(url) { return this.request(url); }
  get text() { return textOf(this.html); }

  link(label) {
    const wanted = plain(label);
    const links = [...this.html.matchAll(/<a\b([^>]*)>([\s\S]*?)<\/a>/g)].map(m => ({ ...attributes('<a' + m[1] + '>'), label: textOf(m[2]) }));
    const found = links.find(l => l.label === wanted || l['aria-label'] === wanted) ?? links.find(l => l.label.includes(wanted));
    if (!found) throw new Error(`no link "${label}" on ${this.url}; there are: ${links.map(l => l.label).filter(Boolean).join(' | ')}`);
    return found.href;
  }
  follow(label) { return this.request(this.link(label)); }
  fill(name, value) { this.fills.push([name, value]); }

  // The form as the person filled it, as pairs to send.
  pairs(form, button, fills) {
    const pairs = [], typed = new Map();
    for (const [name, value] of fills) typed.set(name, [...(typed.get(name) ?? []), value]);
    for (const f of form.fields) {
      if (f.type === 'file' || f.type === 'submit') continue;
      if (f.type === 'checkbox' || f.type === 'radio') {
        const wanted = typed.get(f.name);
        if (wanted ? wanted.includes(f.value) || (f.type === 'checkbox' && wanted.includes('on')) : f.checked) pairs.push([f.name, f.value || 'on']);
        continue;
      }
      const values = typed.get(f.name), value = values?.length ? values.shift() : f.value;
      pairs.push([f.name, f.options?.find(o => o.label === plain(value))?.value ?? value]); // a list is chosen from by its words, too
    }
    if (button.name) pairs.push([button.name, button.value ?? '']);
    const known = new Set(form.fields.map(f => f.name));
    for (const [name] of fills) if (!known.has(name)) throw new Error(`no field "${name}" in the form of "${button.label}" on ${this.url}; there are: ${[...known].join(', ')}`);
    return pairs;
  }

  // The form that holds the button; of several, the one that has the fields that were filled.
  find(label, fills = this.fills) {
    const wanted = plain(label), all = formsOf(this.html), found = [];
    for (const exact of [true, false])
      all.forEach((form, index) => {
        const button = form.buttons.find(b => exact ? b.label === wanted || b['aria-label'] === wanted : b.label.includes(wanted));
        if (button) found.push({ form, button, index, fits: fills.every(([n]) => form.fields.some(f => f.name === n)) });
      });
    if (found.length) return found.find(f => f.fits) ?? found[0];
    throw new Error(`no button "${label}" on ${this.url} (${this.status}); there are: ${all.flatMap(f => f.buttons.map(b => b.label)).join(' | ')}`);
  }

  // What pressing would send, without sending: a double click sends it twice.
  prepare(label, fills = this.fills) {
    const { form, button } = this.find(label, fills);
    if ('disabled' in button) throw new Error(`button "${label}" is grey on ${this.url}`);
    const files = fills.filter(([, v]) => v?.file), pairs = this.pairs(form, button, fills.filter(([, v]) => !v?.file));
    const action = new URL(button.formaction ?? (form.action || this.url), this.url);
    if (form.method === 'get') { action.search = new URLSearchParams(pairs); return { url: action, init: {} }; }
    if (!form.multipart) return { url: action, init: { method: 'POST', body: new URLSearchParams(pairs) } };
    const body = new FormData();
    for (const [k, v] of pairs) body.append(k, v);
    for (const [k, v] of files) body.append(k, new Blob([readFileSync(v.file)], { type: v.type ?? 'application/pdf' }), basename(v.file));
    return { url: action, init: { method: 'POST', body } };
  }
  press(label) { const { url, init } = this.prepare(label); return this.request(url, init); }
}
