import type { AppError } from '#core/errors/app-error.ts';
import type { WorkerSession } from './worker-session.ts';

/** A call that may be made again. `speed`: items a second, as measured. */
export type Job = {
  isUrgent: boolean;
  /** Sessions that ended while it was with them. */
  failures: number;
  run(session: WorkerSession, speed: number): Promise<unknown>;
  resolve(value: unknown): void;
  reject(error: AppError): void;
};

/**
 * Calls that wait and calls under way. Urgent ones overtake. A call that was with a worker when it ended is sent again
 * alone, so that one which ends every worker does not take others with it.
 */
export class JobQueue {
  #waiting: Job[] = [];
  readonly #underWay = new Set<Job>();

  get isEmpty(): boolean {
    return this.#waiting.length === 0 && this.#underWay.size === 0;
  }

  add(job: Job): void {
    const place = job.isUrgent ? this.#waiting.findIndex(({ isUrgent, failures }) => !isUrgent && failures === 0) : -1;
    if (place === -1) this.#waiting.push(job);
    else this.#waiting.splice(place, 0, job);
  }

  /** The next call that may be sent now; it is under way from here. */
  next(): Job | undefined {
    const [first] = this.#waiting;
    const isAlone = this.#underWay.size === 0;
    if (first === undefined || (!isAlone && (first.failures > 0 || [...this.#underWay].some(({ failures }) => failures > 0)))) return undefined;
    this.#waiting.shift();
    this.#underWay.add(first);
    return first;
  }

  /** Takes a call out, wherever it is; true if it was waiting. */
  remove(job: Job): boolean {
    this.#underWay.delete(job);
    const wasWaiting = this.#waiting.includes(job);
    if (wasWaiting) this.#waiting = this.#waiting.filter((other) => other !== job);
    return wasWaiting;
  }

  isUnderWay(job: Job): boolean {
    return this.#underWay.has(job);
  }

  /** Puts everything under way back to the front, and gives it. */
  recall(isFailure: boolean): Job[] {
    const recalled = [...this.#underWay];
    this.#underWay.clear();
    for (const job of recalled) if (isFailure) job.failures++;
    this.#waiting = [...recalled, ...this.#waiting];
    return recalled;
  }

  rejectAll(error: AppError): void {
    const all = [...this.#underWay, ...this.#waiting];
    this.#underWay.clear();
    this.#waiting = [];
    for (const job of all) job.reject(error);
  }
}
