import { fromWireError, toWireError, type WireError } from '../errors/app-error.ts';

/** The part of comlink's `TransferHandler` that errors need. */
type ThrowHandler = {
  canHandle(value: unknown): value is unknown;
  serialize(value: unknown): [unknown, never[]];
  deserialize(wire: unknown): never;
};

type Envelope = { alcoveError: WireError };

/**
 * A replacement of comlink's handler of thrown values, to be set under the key `throw` on both sides of a port. What is
 * thrown on one side is thrown on the other as an `AppError` with its code and detail; comlink's own handler would leave
 * a plain `Error`. `original` is the handler being replaced: only it can recognise comlink's private mark.
 */
export function createErrorTransfer(original: { canHandle(value: unknown): boolean }): ThrowHandler {
  return {
    canHandle: (value): value is unknown => original.canHandle(value),
    serialize: (value) => [{ alcoveError: toWireError((value as { value: unknown }).value) } satisfies Envelope, []],
    deserialize: (wire) => {
      throw fromWireError((wire as Envelope).alcoveError);
    },
  };
}
