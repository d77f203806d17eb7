const engines = /[\\/]node_modules[\\/](?:@huggingface[\\/]transformers|@mlc-ai[\\/]web-llm|onnxruntime-(?:web|common))[\\/]/;

type Chunk = { moduleIds: string[] };

function name(chunk: Chunk): string {
  return chunk.moduleIds.some((id) => engines.test(id)) ? 'assets/engines/[name]-[hash].js' : 'assets/[name]-[hash].js';
}

/**
 * Sets the parts of the build that hold the libraries which run models apart, under `/assets/engines/`: they are
 * megabytes that only who installs a model needs, so the service worker keeps them when they are first used and not before.
 */
export const engineChunkNames = { entryFileNames: name, chunkFileNames: name };
