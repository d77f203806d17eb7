import type { NewFile } from '#core/engine/engine-api.ts';
import { AppError } from '#core/errors/app-error.ts';

export type SampleQuestion = { text: string; about?: string };
export type SampleIndex = { files: { file: string; title: string }[]; questions: SampleQuestion[] };

const folder = '/samples/';

/** What the sample library holds and is asked. Served with the app, so it is there without a network. Errors: `offline`, `internal`. */
export async function readSampleIndex(load: typeof fetch = fetch): Promise<SampleIndex> {
  const response = await request(`${folder}samples.json`, load);
  return parseSampleIndex(await response.json());
}

/** The files of the sample library. Errors: `offline`, `not-found`. */
export async function readSampleFiles(index: SampleIndex, load: typeof fetch = fetch): Promise<NewFile[]> {
  return Promise.all(index.files.map(async ({ file }) => ({ file: await (await request(folder + file, load)).blob(), name: file })));
}

/** Reads the index in either of its forms: a list of files, or an object of files and questions. */
export function parseSampleIndex(data: unknown): SampleIndex {
  const root = Array.isArray(data) ? { files: data as unknown[] } : (data as Record<string, unknown> | null);
  const files = asList(root?.['files'] ?? root?.['documents']).flatMap((entry) => {
    const { file, title } = entry as { file?: unknown; title?: unknown };
    return typeof file === 'string' && /^[\w.-]+$/.test(file) ? [{ file, title: typeof title === 'string' ? title : file }] : [];
  });
  const inFiles = asList(root?.['files']).flatMap((entry) => asList((entry as { questions?: unknown }).questions).map((question) => ({ question, title: (entry as { title?: string }).title })));
  const questions = [...asList(root?.['questions']).map((question) => ({ question, title: undefined })), ...inFiles].flatMap(({ question, title }) => readQuestion(question, title));
  return { files, questions };
}

function readQuestion(question: unknown, title: string | undefined): SampleQuestion[] {
  if (typeof question === 'string') return [{ text: question, ...(title !== undefined && { about: title }) }];
  const { question: text, text: other, about, title: own, document, file } = (question ?? {}) as Record<string, unknown>;
  const words = text ?? other;
  const subject = [about, own, document, file, title].find((value): value is string => typeof value === 'string');
  return typeof words === 'string' ? [{ text: words, ...(subject !== undefined && { about: subject }) }] : [];
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

async function request(address: string, load: typeof fetch): Promise<Response> {
  const response = await load(address).catch((cause: unknown) => {
    throw new AppError('offline', `cannot fetch ${address}`, { cause });
  });
  if (!response.ok) throw new AppError('not-found', `${address} answered ${response.status}`);
  return response;
}
