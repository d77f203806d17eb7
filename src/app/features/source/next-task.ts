/** Lets the page do what waits, such as drawing and answering keys. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}
