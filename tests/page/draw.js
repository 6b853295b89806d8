// Runs the script of a laporan.html against a small stand-in for a browser's document, and says what is wrong with what
// it drew: missing sections, a drill-down whose parts do not sum to the parent, links that leave the folder.
//   node draw.js laporan.html
'use strict';
const fs = require('fs'), path = require('path');
const html = fs.readFileSync(process.argv[2], 'utf8');
const json = html.match(/<script type="application\/json" id="data">([\s\S]*?)<\/script>/)[1];
const script = html.match(/<script>\n([\s\S]*?)<\/script>/)[1];

class Node {
  constructor(tag, text) { this.tag = tag; this.children = []; this.attributes = {}; this.own = text || ''; }
  setAttribute(name, value) { this.attributes[name] = String(value); }
  getAttribute(name) { return this.attributes[name]; }
  removeAttribute(name) { delete this.attributes[name]; }
  appendChild(child) { this.children.push(child); return child; }
  set textContent(text) { this.own = text; this.children = []; }
  get textContent() { return this.own + this.children.map(child => child.textContent).join(''); }
  find(tag, found = []) {
    if (this.tag === tag) found.push(this);
    this.children.forEach(child => child.find(tag, found));
    return found;
  }
}
const main = new Node('main'), data = new Node('script', json);
global.document = {
  getElementById: id => (id === 'data' ? data : main),
  createElement: tag => new Node(tag),
  createElementNS: (space, tag) => new Node(tag),
  createTextNode: text => new Node('#text', text)
};
(0, eval)(script);

const problems = [];
const sections = main.find('section').map(section => section.attributes.id);
const figure = cell => Number(cell.textContent.replace(/[.,]/g, ''));
for (const wanted of process.argv.slice(3)) if (!sections.includes(wanted)) problems.push('no section ' + wanted);

// Colours are said once for light and once for dark screens; one that is said elsewhere is the same on both.
const style = html.match(/<style>\n([\s\S]*?)<\/style>/)[1];
if (!/prefers-color-scheme: dark/.test(style)) problems.push('no colours for dark screens');
const elsewhere = (style.replace(/:root {[^}]*}/g, '') + script.replace(/'background:rgba\([^']*'/, '')).match(/#[0-9a-f]{3,6}\b|rgba?\(/g);
if (elsewhere) problems.push('colours for light screens only: ' + elsewhere.join(' '));
// Lines of collapsed borders do not stick with their cells.
if (/position: sticky/.test(style) && !/border-collapse: separate/.test(style)) problems.push('no lines under the first column');

// Tabs of two nights are told apart.
if (!main.find('h1')[0].textContent.includes(document.title.replace(' - padan', ''))) problems.push('a title of its own: ' + document.title);

// Readers of screens say what a list is to be chosen of, and what a column holds.
if (!main.find('select').every(select => select.attributes['aria-label'])) problems.push('a list without a name');
if (main.find('th').some(head => !head.textContent)) problems.push('a heading that is empty');

// Down to the last level: the parts of every region sum to it, column by column of counts.
const errors = main.find('section').find(section => section.attributes.id === 'galat');
for (let depth = 0; errors && depth < 5; depth++) {
  const rows = errors.find('table')[0].find('tr').slice(1);
  const parent = rows[rows.length - 1];
  for (const column of [1, 3, 4, 5, 6, 7, 8, 9]) {
    const parts = rows.slice(0, -1).reduce((sum, row) => sum + figure(row.children[column]), 0);
    if (rows.length > 1 && parts !== figure(parent.children[column]))
      problems.push('column ' + column + ' of ' + parent.children[0].textContent + ': parts are ' + parts);
  }
  const next = errors.find('table')[0].find('button')[0];
  if (!next) break;
  next.onclick();
}
// Alarms are told in the language of the page, those of files after their names.
const said = JSON.parse(json);
const told = main.find('li').map(item => item.textContent);
said.alarm.forEach((sentence, i) => {
  const of = sentence.replace(/^file [^ ]+: /, '');
  if (told[i].endsWith(of) !== (said.bahasa === 'en')) problems.push('alarm in the wrong language: ' + told[i]);
});
// Cells of the overlap matrix are the sums of their lines in the CSV.
const overlaps = main.find('section').find(section => section.attributes.id === 'tumpang_tindih');
if (overlaps && overlaps.find('select').length) {
  const lines = said.tabel['tumpang_tindih_matriks.csv'].split('\n').slice(1).filter(line => line).map(line => line.split(','));
  const shown = overlaps.find('select')[0].find('option')[0].textContent.split(', ');
  const wanted = {}, least = text => figure({ textContent: text.replace('[', '').split(', ')[0] });
  lines.filter(line => line[0] === shown[0] && line[1] === shown[1]).forEach(line => {
    wanted[line[2] + '+' + line[3]] = (wanted[line[2] + '+' + line[3]] || 0) + Number(line[4]);
  });
  const rows = overlaps.find('table')[0].find('tr'), programs = rows[0].children.map(cell => cell.textContent);
  rows.slice(1).forEach(row => row.children.slice(1).forEach((cell, i) => {
    const a = row.children[0].textContent, b = programs[i + 1], sum = wanted[a + '+' + b];
    if (sum !== undefined && sum !== least(cell.find('a')[0].textContent))
      problems.push('cell ' + a + '+' + b + ' shows ' + cell.textContent + ', its lines sum to ' + sum);
  }));
}
// Findings: kinds come in order of money, and the last line is their sum.
const findings = main.find('section').find(section => section.attributes.id === 'temuan');
// 2000 of "[1.000, 2.000]", or of "[1,000, 2,000]".
const most = text => Number(text.replace(/[\[\]]/g, '').split(', ').pop().replace(/[.,]/g, ''));
if (findings && findings.find('table').length) {
  const kinds = findings.find('tr').slice(1).filter(row => row.attributes.class === undefined);
  const amounts = kinds.map(row => most(row.children[2].textContent));
  if (amounts.some((amount, i) => i > 0 && amount > amounts[i - 1])) problems.push('findings are not in order of money');
  const total = findings.find('tr').find(row => row.attributes.class === 'sum');
  const sum = amounts.reduce((a, b) => a + b, 0);
  if (sum !== most(total.children[2].textContent)) problems.push('the total is not the sum of its kinds: ' + sum);
}
// The headline is that sum; every kind is told in words, and its parts are hidden until its button is pressed.
if (findings && findings.find('table').length) {
  const headline = main.find('b').find(bold => bold.textContent.startsWith('Rp'));
  const total = findings.find('tr').find(row => row.attributes.class === 'sum').children[2].textContent;
  if (!headline || headline.textContent.replace(/^Rp\s*/, '') !== total) problems.push('the headline is not the total ' + total);
  const bodies = findings.find('tbody'), shown = () => bodies.filter(body => body.attributes.hidden === undefined).length;
  const before = shown(), buttons = findings.find('button').filter(button => button.attributes['aria-expanded']);
  for (const button of buttons) {
    if (/^[A-Z_0-9]+$/.test(button.textContent)) problems.push('no words for ' + button.textContent);
    button.onclick();
  }
  if (shown() !== before + buttons.length) problems.push('buttons do not show the parts of findings');
}
// Figures are those of the lines that their link's filter leaves of the CSV: findings as lines and as money, each row's once.
const folder = path.dirname(process.argv[2]);
function lines(file, filter) {
  const rows = fs.readFileSync(path.join(folder, file), 'utf8').split('\n').filter(line => line)
    .map(line => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(m => m[1] === undefined ? m[2] : m[1].replace(/""/g, '"')));
  return rows.slice(1).map(row => Object.fromEntries(rows[0].map((name, i) => [name, row[i]])))
    .filter(row => filter.every(([key, value]) => key.endsWith('!') ? row[key.slice(0, -1)] !== value : row[key] === value));
}
function left(a) {
  const [file, filter] = a.attributes.href.split('#');
  return lines(file, filter === undefined ? [] : decodeURIComponent(filter).split('&').map(part => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]));
}
const money = rows => rows.reduce((sum, row) => sum + Number(row.nominal_temuan), 0);
const tie = (what, shown, csv) => { if (shown !== csv) problems.push(what + ' shows ' + shown + ', its CSV says ' + csv); };
for (const row of findings ? findings.find('tr').slice(1) : []) {
  const what = row.children[0].textContent;
  const counted = left(row.children[2].find('a')[0]);
  tie(what + ': rows', most(row.children[1].textContent), left(row.children[1].find('a')[0]).length);
  tie(what + ': money', most(row.children[2].textContent), money(counted));
  tie(what + ': rows counted', most(row.children[4].textContent), counted.length);
  if (row.attributes.class === 'sum') tie(what + ': no amount', most(row.children[5].textContent), counted.filter(line => line.nominal_temuan === '').length);
}
// Figures of tables of sums are a cell of the one line that their filter leaves.
for (const a of main.find('a').filter(a => /^(rekap_padan|rekap_ganda|galat_sasaran|tumpang_tindih_kombinasi).csv#/.test(a.attributes.href))) {
  const rows = left(a);
  if (rows.length !== 1) problems.push(decodeURIComponent(a.attributes.href) + ' leaves ' + rows.length + ' lines');
  else if (!Object.values(rows[0]).some(value => value !== '' && Number(value) === most(a.textContent)))
    problems.push(decodeURIComponent(a.attributes.href) + ' has no ' + a.textContent);
}
for (const a of main.find('a').filter(a => a.attributes.href.startsWith('hasil_padan.csv')))
  tie('hasil_padan.csv', Number(a.textContent.split(' ')[0].replace(/[.,]/g, '')), left(a).length);
for (const a of main.find('a')) if (!/^(#|[a-z_]+\.csv)/.test(a.attributes.href)) problems.push('a link leaves the folder: ' + a.attributes.href);
problems.forEach(problem => console.log(problem));
