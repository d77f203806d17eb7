const firstDelayMs = 500;
const maxDelayMs = 60_000;

/**
 * Runs a loop that should never end, and runs it again after a growing delay when it fails. Resolves only when `run`
 * does.
 */
export async function supervise(run: () => Promise<void>, onTrouble: (thrown: unknown) => void): Promise<void> {
  for (let delayMs = firstDelayMs; ; delayMs = Math.min(maxDelayMs, delayMs * 2)) {
    try {
      await run();
      return;
    } catch (thrown) {
      onTrouble(thrown);
      await new Promise((resolve) => setTimeout(resolve, delayMs));
    }
  }
}
