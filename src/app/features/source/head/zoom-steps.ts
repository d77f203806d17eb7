const steps = [0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4] as const;

/** The next step of zoom in a direction; the last one stays. */
export function stepZoom(zoom: number, direction: 1 | -1): number {
  if (direction > 0) return steps.find((step) => step > zoom + 0.001) ?? zoom;
  return steps.findLast((step) => step < zoom - 0.001) ?? zoom;
}
