/** `fit`: the page's text fills the region's width; else times the real size, of paper or of text. */
export type Zoom = 'fit' | number;

const steps = [0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4] as const;

/** The next step of zoom in a direction from `scale`; the last one stays. */
export function stepZoom(scale: number, direction: 1 | -1): number {
  if (direction > 0) return steps.find((step) => step > scale + 0.001) ?? scale;
  return steps.findLast((step) => step < scale - 0.001) ?? scale;
}
