import { readFile, readdir } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { extractAnswer, type ExtractedAnswer } from '../../src/core/answer/extract-answer.ts';
import { parseDocument } from '../../src/core/parse/parse-document.ts';
import { evalCorpus, indexDocuments, type IndexedDocuments, type NamedDocument } from './index-documents.ts';
import { loadEmbedder } from './load-embedder.ts';

type SampleIndex = { files: { file: string; title: string }[]; questions: { question: string; document: string }[] };

const folder = new URL('../../public/samples/', import.meta.url);
const embedder = await loadEmbedder();
let index: SampleIndex;
let documents: NamedDocument[];
let indexed: IndexedDocuments;

beforeAll(async () => {
  index = JSON.parse(await readFile(new URL('samples.json', folder), 'utf8')) as SampleIndex;
  documents = await Promise.all(index.files.map(async ({ file }) => ({ id: file, parsed: await parseDocument({ name: file, bytes: await readFile(new URL(file, folder)) }) })));
  indexed = await indexDocuments(documents, { embedder });
});

async function ask(question: string): Promise<ExtractedAnswer> {
  return extractAnswer(question, await indexed.searcher.search({ question, corpora: [evalCorpus], k: 8 }), embedder);
}

/** What the first sentence must say, by question; the first four are the suggested ones. */
const expected: [question: string, file: string, words: string][] = [
  ['Who has to repair the cold room, and how soon must we report a fault?', 'lease-of-premises.md', 'the Tenant must report any fault in writing within two working days'],
  ['What temperature must the vaccine fridge hold?', 'vaccine-storage-guideline.html', 'between 2 °C and 8 °C'],
  ['Where did the survey find damp, and how bad was it?', 'damp-survey-report.txt', '31 % moisture'],
  ['What was agreed about the rota on 12 March?', 'meeting-notes-12-march.md', 'the new rota starts on 1 April'],
  ['How much deposit does the tenant pay?', 'lease-of-premises.md', "three months' rent"],
  ['When may the landlord enter the premises?', 'lease-of-premises.md', '24 hours'],
  ['Why was ibuprofen stopped?', 'discharge-summary.txt', 'worsens heart failure'],
  ['What dose of apixaban was prescribed at discharge?', 'discharge-summary.txt', 'Apixaban 5 mg twice a day'],
  ['When is the shaft seal replaced?', 'coolant-pump-manual.html', '4,000 hours'],
  ['What does fault code E04 mean?', 'coolant-pump-manual.html', 'Dry running'],
  ['What was the tensile strength of specimen T-109?', 'tensile-test-results.csv', '189'],
  ['Which rotor of the centrifuge is withdrawn?', 'equipment-register.json', 'Rotor 4'],
  ['How much drier was the soil within 4 m of the hedgerow at 60 cm?', 'hedgerow-study.md', '2.8 percentage points'],
  ['What must we do when the fridge has been above 8 °C?', 'vaccine-storage-guideline.html', 'quarantine the vaccines'],
];

describe('the sample library', () => {
  it('lists every file that lies beside its index, with four questions or more', async () => {
    const names = (await readdir(folder)).filter((name) => name !== 'samples.json');
    expect(index.files.map(({ file }) => file).sort()).toEqual(names.sort());
    expect(index.questions.map(({ question, document }) => [question, document])).toEqual(expected.slice(0, 4).map(([question, file]) => [question, file]));
  });

  it.each(expected)('answers %j from %s', async (question, file, words) => {
    const { verdict, sentences, citations } = await ask(question);
    expect(sentences[0]?.text).toContain(words);
    expect(verdict).toBe('answered');
    expect(citations[0]?.document).toBe(file);
    for (const { document, start, end, quote, verification } of citations) {
      expect(quote).toBe(documents.find(({ id }) => id === document)?.parsed.text.slice(start, end));
      expect(verification).toBe('verified');
    }
  });

  it.each(['Which football club won the Bolivian cup in 1973?', 'How do I renew a passport?', 'What is the boiling point of tungsten?', 'Who wrote the opera about the barber?'])(
    'does not answer %j',
    async (question) => {
      const { verdict, sentences, closest } = await ask(question);
      expect(verdict).toBe('not-found');
      expect(sentences).toEqual([]);
      expect(closest.length).toBeGreaterThan(0);
    },
  );
});
