/** The text of `src/core/vectors/vector-kernel-modules.ts`: both kernels compiled and in base64. */
export function buildVectorKernel(): Promise<string>;
