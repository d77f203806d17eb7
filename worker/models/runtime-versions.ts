/** Version of ONNX Runtime Web; its files lie below `/ort/<ortVersion>/`, in the build, in development and in tests. */
export const ortVersion: string = import.meta.env.ALCOVE_ORT_VERSION;

export const transformersVersion: string = import.meta.env.ALCOVE_TRANSFORMERS_VERSION;

/** Version of web-llm; a server's own copies of its compiled libraries lie below `/mlc/<webLlmVersion>/`. */
export const webLlmVersion: string = import.meta.env.ALCOVE_WEB_LLM_VERSION;
