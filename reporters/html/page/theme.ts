// Light and dark: as the system wants it, until somebody chooses.

const key = 'setpiece-theme';

/** Puts the theme on the document now and whenever it changes; gives what switches it. */
export function startTheme(onChange: () => void): { readonly toggle: () => 'light' | 'dark' } {
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  let chosen = remembered();
  const put = (): void => {
    document.documentElement.dataset['theme'] = chosen ?? (system.matches ? 'dark' : 'light');
    onChange();
  };
  system.addEventListener('change', put);
  put();
  return {
    toggle() {
      chosen = document.documentElement.dataset['theme'] === 'dark' ? 'light' : 'dark';
      remember(chosen);
      put();
      return chosen;
    },
  };
}

function remembered(): 'light' | 'dark' | undefined {
  try {
    const theme = localStorage.getItem(key);
    return theme === 'light' || theme === 'dark' ? theme : undefined;
  } catch {
    // Some browsers keep nothing for files: then the system's theme is used every time.
    return undefined;
  }
}

function remember(theme: string): void {
  try {
    localStorage.setItem(key, theme);
  } catch {
    // As above: the choice holds until the page is closed.
  }
}
