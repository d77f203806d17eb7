import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

type ModalDialogProps = { label: string; class: string; onClose: () => void; children: ComponentChildren };

/** A dialog over the page. Esc and a click beside it close it; focus goes back to where it was. */
export function ModalDialog({ label, class: className, onClose, children }: ModalDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // Closing it is what gives the focus back; a dialog that is only taken away keeps none.
    return () => element?.close();
  }, []);
  return (
    // The click is for the pointer, beside the dialog; the keyboard has Esc.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events jsx-a11y/no-noninteractive-element-interactions
    <dialog ref={dialog} class={`modal ${className}`} aria-label={label} onCancel={(event) => { event.preventDefault(); onClose(); }} onClick={(event) => { if (event.target === dialog.current) onClose(); }}>
      {children}
    </dialog>
  );
}
