// The page for addresses that lead nowhere: one without an edition in it is tried in the latest.
const { base } = document.documentElement.dataset;
const rest = location.pathname.slice(base.length);
if (!/^(latest|at|\d[\d.]*)(\/|$)/.test(rest)) location.replace(`${base}latest/${rest}${location.hash}`);
