// Before the first paint: the reader's choice of colours, where one was made (the system's wish needs no script),
// and whether the key / was given back to the browser.
{
  const said = document.documentElement.dataset;
  said.scripts = '';
  let choice;
  if (/^\?present\b/.test(location.search)) said.present = '';
  try {
    choice = localStorage.getItem('scheme');
    said.slash = localStorage.getItem('slash') ?? '';
  } catch { /* storage refused: the system's wish holds */ }
  if (choice === 'light' || choice === 'dark') said.theme = choice;
}
