// Compiles assembly/vector-kernel.ts with and without relaxed SIMD and writes both as base64 into the core, where a
// content security policy without any fetch can load them. Run it after a change: node worker/wasm/build-vector-kernel.mjs
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as asc from 'assemblyscript/asc';

const source = fileURLToPath(new URL('assembly/vector-kernel.ts', import.meta.url));
const target = fileURLToPath(new URL('../../src/core/vectors/vector-kernel-modules.ts', import.meta.url));

/**
 * @param {string[]} features
 * @returns {Promise<Buffer>}
 */
async function compile(features) {
  let binary;
  let messages = '';
  const options = ['kernel.ts', '-O3', '--noAssert', '--converge', '--runtime', 'stub', '--use', 'abort=', '--initialMemory', '1'];
  const { error } = await asc.main([...options, ...features, '--outFile', 'kernel.wasm'], {
    readFile: async (name) => (name === 'kernel.ts' ? await readFile(source, 'utf8') : null),
    writeFile: (_name, contents) => {
      binary = Buffer.from(contents);
    },
    listFiles: () => [],
    stderr: { write: (text) => void (messages += text) },
  });
  if (error || binary === undefined) throw new Error(`the vector kernel does not compile: ${messages}`, { cause: error });
  return binary;
}

/**
 * @param {string} name
 * @param {Buffer} binary
 */
function toConstant(name, binary) {
  const lines = binary.toString('base64').match(/.{1,120}/g) ?? [];
  return `export const ${name} =\n  '${lines.join("' +\n  '")}';\n`;
}

/** The text of the generated file. */
export async function buildVectorKernel() {
  const portable = await compile(['--enable', 'simd']);
  const relaxed = await compile(['--enable', 'simd', '--enable', 'relaxed-simd']);
  return `// Made by worker/wasm/build-vector-kernel.mjs from worker/wasm/assembly/vector-kernel.ts. Not edited by hand.

/** The kernel in WebAssembly with SIMD128, base64. */
${toConstant('portableKernel', portable)}
/** The same with the relaxed dot product, base64. */
${toConstant('relaxedKernel', relaxed)}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(target, await buildVectorKernel());
