/** Version of ONNX Runtime Web; its files lie below `/ort/<ortVersion>/`, in the build, in development and in tests. */
export const ortVersion: string = import.meta.env.ALCOVE_ORT_VERSION;

export const transformersVersion: string = import.meta.env.ALCOVE_TRANSFORMERS_VERSION;
