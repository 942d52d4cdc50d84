import type { CostKind } from './cost-line';

/** A colour for each kind that stands out on white and on black; neighbours in a bar differ in hue and in lightness. */
export const COLOURS: Readonly<Record<CostKind, string>> = {
  'control planes': '#5b6b7f',
  'system nodes': '#9aa9bb',
  network: '#2a9d8f',
  'keys, alarms and others': '#8bd3c7',
  pipelines: '#2f6fde',
  training: '#b5179e',
  'model servers': '#f4a261',
  workbenches: '#e9c46a',
  'storage and requests': '#d1495b',
};

export const STYLE = `
:root { color-scheme: light dark; --ink: #1d2733; --soft: #5b6675; --line: #d9dee5; --paper: #ffffff; --card: #f6f8fa;
  --good: #1d6b36; --bad: #a61b1b; --warn: #8a5a00; --track: #e3e7ec; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6eaf0; --soft: #9aa6b5; --line: #313a46; --paper: #12161c; --card: #1a2029;
    --good: #6fce8c; --bad: #ff8b82; --warn: #f0b85a; --track: #2a323d; }
}
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 2rem auto; max-width: 1180px;
  padding: 0 1rem; }
h1 { font-size: 1.6rem; margin: 0; }
h2 { font-size: 1.15rem; margin: 2.2rem 0 0.5rem; }
p { max-width: 52rem; }
a { color: inherit; }
.soft { color: var(--soft); }
.good { color: var(--good); font-weight: 600; }
.bad { color: var(--bad); font-weight: 600; }
.box { border-left: 4px solid var(--warn); background: var(--card); padding: 0.6rem 1rem; margin: 1rem 0; }
.box.red { border-color: var(--bad); }
.box ul { margin: 0.3rem 0; padding-left: 1.1rem; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(310px, 1fr)); gap: 1rem; margin-top: 1.2rem; }
.column { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 1rem 1.1rem; }
.column h2 { margin: 0; font-size: 1rem; }
.amount { font-size: 1.9rem; font-weight: 650; font-variant-numeric: tabular-nums; line-height: 1.3; }
.amount small { font-size: 0.95rem; font-weight: 400; color: var(--soft); }
svg { display: block; width: 100%; }
.column table { width: 100%; margin-top: 0.7rem; }
.swatch { display: inline-block; width: 0.75em; height: 0.75em; border-radius: 2px; margin-right: 0.5em; }
table { border-collapse: collapse; }
td, th { text-align: left; padding: 0.22rem 1rem 0.22rem 0; vertical-align: top; }
td:last-child, th:last-child { padding-right: 0; }
tr + tr > td { border-top: 1px solid var(--line); }
th { font-weight: 600; color: var(--soft); border-bottom: 2px solid var(--line); }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.whole { white-space: nowrap; }
.kind td { font-weight: 600; padding-top: 0.8rem; }
.wide { width: 100%; }
.meter { width: 9rem; min-width: 6rem; padding-top: 0.5rem; }
.source { font-size: 0.85rem; }
.source td { overflow-wrap: anywhere; }
summary { cursor: pointer; margin: 0.6rem 0; }
.scroll { overflow-x: auto; }
`;
