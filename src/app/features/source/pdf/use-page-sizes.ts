import { useEffect, useState } from 'preact/hooks';
import type { OpenPdf, PageSize } from './open-pdf.ts';

/** The pages' sizes, made exact in the background where there are very many. */
export function usePageSizes(pdf: OpenPdf): readonly PageSize[] {
  const [sizes, setSizes] = useState(pdf.sizes);
  useEffect(() => {
    let gone = false;
    setSizes(pdf.sizes);
    pdf.measureRest((measured) => gone || setSizes(measured)).catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [pdf]);
  return sizes;
}
