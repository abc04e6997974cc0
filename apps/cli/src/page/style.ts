/** The page's whole style: two themes by the reader's preference, one column that reads well from 360 px up. */
export const style = `
:root { color-scheme: light dark; --ink:#1c2430; --soft:#5b6676; --line:#d9dee6; --paper:#fbfcfd; --card:#fff; --code:#f2f4f8;
  --good:#14713d; --bad:#b3261e; --open:#8a5a00; --mark:#2457c5; --bar:#7a9be0; }
@media (prefers-color-scheme: dark) { :root { --ink:#e4e9f0; --soft:#9aa7b8; --line:#2c3643; --paper:#10151c; --card:#161d26; --code:#0c1117;
  --good:#57c98a; --bad:#ff8a80; --open:#f0bd5b; --mark:#8fb2ff; --bar:#4f74c4; } }
* { box-sizing:border-box }
body { margin:0; background:var(--paper); color:var(--ink); font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif }
main { max-width:68rem; margin:0 auto; padding:1.5rem 1rem 4rem }
h1 { font-size:1.35rem; margin:0 0 .25rem; overflow-wrap:anywhere } h2 { font-size:1.1rem; margin:2.25rem 0 .75rem } h3 { font-size:1rem; margin:0 }
p { margin:.4rem 0 } a { color:var(--mark) } .soft { color:var(--soft) } .good { color:var(--good) } .bad { color:var(--bad) } .open { color:var(--open) }
.verdict { display:flex; flex-wrap:wrap; gap:.25rem 1rem; align-items:baseline; border:1px solid var(--line); border-left:6px solid var(--soft); background:var(--card); border-radius:8px; padding:.9rem 1rem; margin:1rem 0 }
.verdict.passed { border-left-color:var(--good) } .verdict.failed { border-left-color:var(--bad) } .verdict.undecided { border-left-color:var(--open) }
.verdict strong { font-size:1.25rem; letter-spacing:.02em }
.skills { display:grid; grid-template-columns:repeat(auto-fit,minmax(19rem,1fr)); gap:.75rem; align-items:start }
.card { border:1px solid var(--line); background:var(--card); border-radius:8px; padding:.8rem 1rem; min-width:0 }
.checks { list-style:none; margin:.5rem 0 0; padding:0 } .checks li { display:grid; grid-template-columns:1.3rem 1fr; gap:.1rem; padding:.25rem 0; border-top:1px solid var(--line) }
.checks small { color:var(--soft); overflow-wrap:anywhere }
.finding { border:1px solid var(--line); background:var(--card); border-radius:8px; padding:1rem; margin:0 0 1rem }
.finding header { display:flex; flex-wrap:wrap; gap:.2rem .8rem; align-items:baseline } .finding h3 { flex-basis:100%; overflow-wrap:anywhere }
.tag { font-size:.78rem; border:1px solid var(--line); border-radius:99px; padding:.05rem .55rem; color:var(--soft); white-space:nowrap } .tag.critical,.tag.high { color:var(--bad); border-color:currentColor } .tag.medium { color:var(--open); border-color:currentColor }
pre { background:var(--code); border:1px solid var(--line); border-radius:6px; padding:.6rem .75rem; overflow:auto; font:12.5px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace; max-height:24rem; margin:.5rem 0; white-space:pre-wrap; overflow-wrap:anywhere }
code { font:0.92em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace } .fix { border-left:3px solid var(--good); padding-left:.7rem }
.lanes { overflow-x:auto; border:1px solid var(--line); border-radius:6px; margin:.5rem 0 } .lanes table { border-collapse:collapse; width:100%; min-width:34rem; font-size:13px } .lanes th { text-align:left; font-weight:400 } .lanes th,.lanes td { padding:.3rem .6rem; border-top:1px solid var(--line); vertical-align:top; overflow-wrap:anywhere; width:50% } .lanes thead th { border-top:0; background:var(--code) } .lanes td.at,.lanes th:first-child { width:auto; white-space:nowrap; color:var(--soft); font-variant-numeric:tabular-nums }
.lanes .step { background:var(--code); border-left:3px solid var(--bar) } .lanes .held,.lanes .cut { border-left-color:var(--bad) } .lanes .released { border-left-color:var(--good) } .lanes .held .tag,.lanes .cut .tag { color:var(--bad); border-color:currentColor } .lanes .released .tag { color:var(--good); border-color:currentColor }
.orders { overflow-x:auto; border:1px solid var(--line); border-radius:6px; margin:.5rem 0; padding:.4rem } .orders table { border-collapse:collapse; width:100%; font-size:13px } .orders th,.orders td { text-align:left; font-weight:400; padding:.2rem .6rem; border-top:1px solid var(--line) } .orders .stuck td { color:var(--bad) } .history { min-width:34rem } .history rect { fill:var(--bar) } .history .stuck rect { fill:var(--bad) } .history g text { fill:var(--card); font-size:11px }
.plots { display:grid; grid-template-columns:repeat(auto-fit,minmax(min(26rem,100%),1fr)); gap:.75rem } svg { width:100%; height:auto; display:block } svg text { fill:var(--soft); font-size:13px } figure { margin:0 } figcaption { font-size:.88rem; color:var(--soft) }
.filter { display:flex; flex-wrap:wrap; gap:.5rem; margin:.5rem 0 } input,select { font:inherit; color:inherit; background:var(--card); border:1px solid var(--line); border-radius:6px; padding:.35rem .6rem; min-width:0; max-width:100% } input[type=search] { flex:1 1 14rem }
details.exchange { border-top:1px solid var(--line) } details.exchange summary { cursor:pointer; display:grid; grid-template-columns:3.2rem 1fr 4.5rem 4.5rem; gap:.5rem; padding:.3rem 0; font:13px/1.5 ui-monospace,Menlo,Consolas,monospace } details.exchange summary span { overflow:hidden; text-overflow:ellipsis; white-space:nowrap }
:focus-visible { outline:2px solid var(--mark); outline-offset:2px } .hidden { display:none }
@media (max-width:480px) { details.exchange summary { grid-template-columns:3rem 1fr 4rem } details.exchange summary span:last-child { display:none } }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior:smooth } }
`;
