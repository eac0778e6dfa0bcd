// Copies the code beside its button: without prompts, and of a session in a terminal only what was typed.
function typed(code) {
  const lines = code.textContent.split('\n');
  const prompts = [...code.querySelectorAll('.gp')].map((prompt) => prompt.textContent);
  if (!prompts.length) return code.textContent;
  const spoken = lines.map((line) => [line, prompts.find((prompt) => line.startsWith(prompt.trimEnd()))]);
  return spoken.filter(([, prompt]) => prompt).map(([line, prompt]) => line.slice(prompt.length)).join('\n');
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch { // a page on an open line has no clipboard: the old way, by selection
    const box = Object.assign(document.createElement('textarea'), { value: text, readOnly: true });
    document.body.append(box);
    box.select();
    const done = document.execCommand('copy');
    box.remove();
    return done;
  }
}

export async function open(button) {
  const done = await copied(typed(button.parentElement.querySelector('pre')).replace(/\s+$/, ''));
  button.focus();
  const said = button.firstChild;
  said.data = done ? 'Copied' : 'Refused';
  setTimeout(() => { said.data = 'Copy'; }, 2000);
}
