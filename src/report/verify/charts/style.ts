/** Colours of both sides and of the phases: distinguishable in grey and with colour blindness (Okabe and Ito). */
export const CHART_STYLE = `
:root{--good:#1a7f37;--bad:#b42318;--unsure:#8a5a00;--plain:#b54a00;--accelerated:#0060a8;--ink:#1b1f24;--quiet:#57606a;--grid:#d8dee4;--page:#fff;--panel:#f6f8fa;
--p1:#e3e7ec;--p2:#9fd0f5;--p3:#c9b7ea;--p4:#f2cf8d;--p5:#a9dcb8;--on-phase:#1b1f24;color-scheme:light dark}
@media (prefers-color-scheme:dark){:root{--good:#57c77a;--bad:#ff8a80;--unsure:#e3b341;--plain:#ff9a56;--accelerated:#6cb6ff;--ink:#e6edf3;--quiet:#9da7b3;--grid:#373e47;
--page:#0d1117;--panel:#161b22;--p1:#58616c;--p2:#2f6f9f;--p3:#6a559b;--p4:#8a6a2a;--p5:#33704a;--on-phase:#fff}}
@media print{:root{--good:#1a7f37;--bad:#b42318;--unsure:#8a5a00;--plain:#b54a00;--accelerated:#0060a8;--ink:#000;--quiet:#444;--grid:#ccc;--page:#fff;--panel:#fff;
--p1:#e3e7ec;--p2:#9fd0f5;--p3:#c9b7ea;--p4:#f2cf8d;--p5:#a9dcb8;--on-phase:#000}}
svg{font:12px system-ui,sans-serif;fill:var(--ink)}
svg .tick{fill:var(--quiet);font-size:11px}svg .grid{stroke:var(--grid)}svg .axis{stroke:var(--quiet)}
svg .curve{fill:none;stroke-width:2}svg .curve.plain{stroke:var(--plain);stroke-dasharray:5 3}
svg .curve.accelerated{stroke:var(--accelerated)}
svg .dot.plain{fill:none;stroke:var(--plain)}svg .dot.accelerated{fill:var(--accelerated)}
svg .cross{fill:none;stroke-width:2}svg .cross.plain{stroke:var(--plain)}svg .cross.accelerated{stroke:var(--accelerated)}
svg .side{font-weight:600}svg .side.plain{fill:var(--plain)}svg .side.accelerated{fill:var(--accelerated)}
svg .time_namelookup{fill:var(--p1)}svg .time_connect{fill:var(--p2)}svg .time_appconnect{fill:var(--p3)}
svg .time_starttransfer{fill:var(--p4)}svg .time_total{fill:var(--p5)}svg .inside{fill:var(--on-phase);font-size:11px}
`;
