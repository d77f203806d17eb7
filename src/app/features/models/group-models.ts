import type { ModelState } from '#core/models/model-state.ts';

/**
 * A model's card: the entry it stands for, and other entries of the same model that could be installed instead.
 * `isSecond`: another card has the same title.
 */
export type ModelGroup = { model: ModelState; others: ModelState[]; isSecond: boolean };

/**
 * The models of a task as cards. Entries of one model (its own export and the hub's) share a card as long as no more than
 * one of them is here; each that is here besides gets a card of its own, whose title tells them apart.
 */
export function groupModels(models: readonly ModelState[]): ModelGroup[] {
  const byId = new Map<string, ModelState[]>();
  for (const model of models) byId.set(model.id, [...(byId.get(model.id) ?? []), model]);
  return [...byId.values()].flatMap((entries) => {
    const [first, ...rest] = entries.toSorted((a, b) => rank(a) - rank(b));
    if (!first) return [];
    const here = rest.filter(isHere);
    return [
      { model: first, others: rest.filter((one) => !isHere(one)), isSecond: false },
      ...here.map((model) => ({ model, others: [], isSecond: model.title === first.title })),
    ];
  });
}

function isHere({ phase }: ModelState): boolean {
  return phase !== 'available';
}

/** What is chosen or here comes first, then what runs here, then what this server has. */
function rank(model: ModelState): number {
  return (model.isChosen ? 0 : isHere(model) ? 1 : 2) * 100 + (model.dtype === undefined ? 10 : 0) + (model.source === 'hub' ? 1 : 0);
}
