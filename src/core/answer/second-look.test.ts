import { describe, expect, it } from 'vitest';
import type { Embedder } from '../embed/embedder.ts';
import { AppError } from '../errors/app-error.ts';
import { createSecondLook } from './second-look.ts';

/** Cosine 1 to itself, 0 to other first letters. */
const embed = (text: string) => [text.startsWith('a') ? 1 : 0, text.startsWith('a') ? 0 : 1];
const embedder = {
  profile: { meaningScale: { zero: 0, one: 1 } },
  languages: ['en'],
  embedPassages: async (texts: readonly string[]) => Float32Array.from(texts.flatMap(embed)),
  embedQuery: async (text: string) => Float32Array.from(embed(text)),
} as unknown as Embedder;

describe('a second look at sentences', () => {
  it('gives cosines to the question, and to the question without names where that differs', async () => {
    const look = createSecondLook(embedder);
    expect(await look({ question: 'a question', bare: undefined, sentences: ['a', 'b'], language: 'en' })).toMatchObject({ cosines: new Float32Array([1, 0]), closeness: new Float32Array([1, 0]) });
    expect(await look({ question: 'a question', bare: 'bare', sentences: ['a', 'b'], language: 'en' })).toMatchObject({ cosines: new Float32Array([1, 0]), closeness: new Float32Array([0, 1]) });
  });

  it('compares the first sixty, and takes the rest for far away', async () => {
    let compared = 0;
    const counting = { ...embedder, embedPassages: (texts: readonly string[]) => ((compared = texts.length), embedder.embedPassages(texts)) } as Embedder;
    const looked = await createSecondLook(counting)({ question: 'a', bare: undefined, sentences: Array.from({ length: 100 }, () => 'a'), language: 'en' });
    expect(compared).toBe(60);
    expect([...(looked?.cosines ?? [])].map((cosine, i) => cosine === (i < 60 ? 1 : 0))).toEqual(Array.from({ length: 100 }, () => true));
  });

  it.each([
    ['fails', () => Promise.reject(new AppError('device-lost', 'gone'))],
    ['never comes back', () => new Promise<never>(() => undefined)],
  ])('gives nothing where the model %s, and the next look does not wait for it', async (_title, embedPassages) => {
    const look = createSecondLook({ ...embedder, embedPassages } as Embedder, 20);
    for (let times = 0; times < 2; times += 1) expect(await look({ question: 'a', bare: undefined, sentences: ['a'], language: 'en' })).toBeUndefined();
  });

  it('stops when it is called off', async () => {
    const look = createSecondLook(embedder);
    await expect(look({ question: 'a', bare: undefined, sentences: ['a'], language: 'en' }, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('is not taken in a language the model does not know, nor by a model whose cosines nobody has set beside the usual ones', async () => {
    const asked = { question: 'a', bare: undefined, sentences: ['a'] };
    expect(await createSecondLook(embedder)({ ...asked, language: 'zh' })).toBeUndefined();
    const { meaningScale: _, ...profile } = embedder.profile;
    expect(await createSecondLook({ ...embedder, profile } as Embedder)({ ...asked, language: 'en' })).toBeUndefined();
  });

  it('puts cosines on the scale of the model', async () => {
    const scaled = { ...embedder, profile: { ...embedder.profile, meaningScale: { zero: 0.5, one: 2.5 } } };
    expect(await createSecondLook(scaled)({ question: 'a', bare: undefined, sentences: ['a', 'b'], language: 'en' })).toMatchObject({ cosines: new Float32Array([0.25, 0]) });
  });
});
