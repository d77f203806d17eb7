import type { BuiltInModel, BuiltInPrompt } from '../built-in-model.ts';

export type BuiltInScript = {
  availability?: 'unavailable' | 'downloadable' | 'downloading' | 'available';
  reply?: string;
  quota?: number;
  hasOldNames?: boolean;
};

/** A `LanguageModel` that says what a test has it say, one word a piece. Records what its sessions were told. */
export function createScriptedBuiltInModel({ availability = 'available', reply = 'one two three four five six seven eight nine ten eleven twelve thirteen fourteen', quota = 2048, hasOldNames = false }: BuiltInScript = {}) {
  const told: BuiltInPrompt[][] = [];
  const sessions = { open: 0 };
  const count = (prompt: BuiltInPrompt[]): number => prompt.reduce((sum, { content }) => sum + content.split(/\s+/u).length + 2, 0);
  const model: BuiltInModel = {
    availability: async () => availability,
    async create({ initialPrompts = [] }) {
      sessions.open += 1;
      const usage = count(initialPrompts);
      const measure = async (prompt: BuiltInPrompt[]): Promise<number> => count(prompt);
      return {
        ...(hasOldNames ? { inputQuota: quota, inputUsage: usage, measureInputUsage: measure } : { contextWindow: quota, contextUsage: usage, measureContextUsage: measure }),
        promptStreaming(prompt, { signal }) {
          told.push([...initialPrompts, ...prompt]);
          const words = reply.match(/\s*\S+/gu) ?? [];
          return new ReadableStream<string>({
            async pull(controller) {
              await new Promise((resolve) => setTimeout(resolve, 0));
              if (signal.aborted) return controller.error(new DOMException('stopped', 'AbortError'));
              const word = words.shift();
              if (word === undefined) controller.close();
              else controller.enqueue(word);
            },
          });
        },
        destroy() {
          sessions.open -= 1;
        },
      };
    },
  };
  return { model, told, sessions };
}
