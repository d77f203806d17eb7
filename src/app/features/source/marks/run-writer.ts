import { plainStyle, type StyledRun, type TextStyle } from './styled-run.ts';

/** Writes runs that tile a range: what is skipped between two runs is plain. */
export class RunWriter {
  readonly runs: StyledRun[] = [];
  private at: number;

  constructor(start: number) {
    this.at = start;
  }

  /** Sets `start` to `end` in `style`, and what lies before it, unset so far, in `base`. */
  add(start: number, end: number, style: TextStyle, base: TextStyle = plainStyle): void {
    this.fillTo(start, base);
    if (end > this.at) this.runs.push({ start: this.at, end, style });
    this.at = Math.max(this.at, end);
  }

  fillTo(end: number, base: TextStyle = plainStyle): void {
    if (end > this.at) this.runs.push({ start: this.at, end, style: base });
    this.at = Math.max(this.at, end);
  }
}
