// A section that moved to another page: go where the link of its label leads. A fragment never reaches a server.
// A page that is gone has nothing else to show: without a fragment its first link is where it went.
const go = () => {
  const label = decodeURIComponent(location.hash.slice(1));
  const named = label ? document.getElementById(label) : null;
  const gone = document.querySelector('.moved[data-gone] li');
  const link = (named?.closest('.moved li') ?? (named ? null : gone))?.querySelector('a');
  if (link) location.replace(link.href);
};
go();
addEventListener('hashchange', go);
