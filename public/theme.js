// Sets the chosen theme before the first paint; the page itself takes over in src/app/model/theme.ts.
try {
  const theme = localStorage.getItem('alcove-theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Without storage the system's theme stands.
}
