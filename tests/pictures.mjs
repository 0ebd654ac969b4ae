// pictures.mjs BASE FOLDER - the README's pictures, and a look at each home: pages of the demo at 390 and 1280 px.
import { BrowserClient, close } from './browser.mjs';

const [base, folder = 'docs/pictures'] = process.argv.slice(2), faults = new Set();
const looks = [['camille', '/dossiers/2026-0417', 'dossier'], ['nadia', '/f', 'formatrice'], ['thomas', '/g', 'travail'], ['lea', '/p', 'participante'], ['thomas', '/demo', 'demo'],
  ...(process.env.ALL ? [['nadia', '/sessions/S-2026-088', 'session'], ['thomas', '/dossiers/2026-0417', 'dossier-gestion'], ['camille', '/dossiers/2026-0417/accord', 'accord'], ['thomas', '/sessions/nouvelle', 'session-nouvelle'], ['thomas', '/g/factures', 'factures'], ['thomas', '/g/encaissements', 'encaissements'], ['thomas', '/g/virements', 'virements'], ['conseil', '/c', 'conseil'], ['controle', '/a', 'controle'], ['thomas', '/demo/mails', 'mails']] : [])];
for (const width of [390, 1280]) {
  const people = new Map();
  for (const [who, path, name] of looks) {
    const c = people.get(who) ?? new BrowserClient(base, width, faults);
    if (!people.has(who)) { people.set(who, c); await c.get(`/demo/${who}`); }
    await c.get(path);
    await c.page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: !!process.env.ALL || width === 390 && name === 'dossier' });
  }
}
await close();
for (const f of faults) console.log(f);
