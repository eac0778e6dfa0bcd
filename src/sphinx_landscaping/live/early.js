// Before the first paint: the reader's choice of colours, where one was made (the system's wish needs no script),
// and whether the key / was given back to the browser.
{
  document.documentElement.dataset.scripts = "";
  let choice;
  if (/^\?present\b/.test(location.search)) document.documentElement.dataset.present = '';
  try {
    choice = localStorage.getItem('scheme');
    document.documentElement.dataset.slash = localStorage.getItem('slash') ?? '';
  } catch { /* storage refused: the system's wish holds */ }
  if (choice === 'light' || choice === 'dark') document.documentElement.dataset.theme = choice;
}
