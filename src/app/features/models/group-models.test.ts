import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelKey } from '#core/models/model-manifest.ts';
import { fakeCatalogue } from '../../test-engine/fake-models.ts';
import { groupModels } from './group-models.ts';

const [first] = fakeCatalogue();
const phases = ['available', 'downloading', 'paused', 'checking', 'installed', 'starting', 'ready', 'failed'] as const;
const anyModels = fc.uniqueArray(
  fc.record({ id: fc.constantFrom('a/x', 'a/y', 'b/x'), key: fc.string(), phase: fc.constantFrom(...phases), source: fc.constantFrom('hub' as const, 'same-origin' as const), isChosen: fc.boolean() }),
  { selector: ({ key }) => key },
).map((list) => list.map((change) => ({ ...first!, ...change, key: change.key as ModelKey })));

describe('models as cards', () => {
  it('are each in one place, and each that is here has a card of its own', () => {
    fc.assert(fc.property(anyModels, (models) => {
      const groups = groupModels(models);
      const placed = groups.flatMap(({ model, others }) => [model, ...others]).map(({ key }) => key);
      expect(placed.toSorted()).toEqual(models.map(({ key }) => key).toSorted());
      const cards = new Set(groups.map(({ model }) => model.key));
      expect(models.filter(({ phase, key }) => phase !== 'available' && !cards.has(key))).toEqual([]);
    }));
  });

  it('have one title each that is not marked as another export', () => {
    fc.assert(fc.property(anyModels, (models) => {
      const plain = groupModels(models).filter(({ isSecond }) => !isSecond).map(({ model }) => model.id);
      expect(plain).toEqual([...new Set(plain)]);
      expect(new Set(plain)).toEqual(new Set(models.map(({ id }) => id)));
    }));
  });

  it('prefer what this server has to the hub, and what is here to both', () => {
    const [own, hub] = fakeCatalogue();
    expect(groupModels([hub!, own!])).toMatchObject([{ model: { source: 'same-origin' }, others: [{ source: 'hub' }] }]);
    expect(groupModels([{ ...hub!, phase: 'ready' }, own!])).toMatchObject([{ model: { source: 'hub' }, others: [{ source: 'same-origin' }] }]);
  });
});
