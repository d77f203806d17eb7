import { expect, it } from 'vitest';
import { AppError } from '#core/errors/app-error.ts';
import { toTransformersError } from './to-transformers-error.ts';

const missing = Object.assign(new Error('Could not locate file: "https://models.invalid/a/b/onnx/model.onnx".'), { name: 'ModelFileNotFoundError' });

it.each([
  [missing, 'model/missing'],
  [new Error('The device (webgpu) does not support fp16.'), 'model/unsupported'],
  [new Error("Can't create a session. ERROR_CODE: 7, ERROR_MESSAGE: Failed to load model because protobuf parsing failed."), 'model/corrupt'],
  [new SyntaxError('Unexpected token \'<\', "<html>" is not valid JSON'), 'model/corrupt'],
  [new RangeError('Array buffer allocation failed'), 'model/out-of-memory'],
  [new Error('GPU device is lost'), 'device-lost'],
  [new AppError('aborted', 'protobuf parsing failed'), 'aborted'],
  [new Error('something else'), 'model/failed'],
  [6_553_600, 'model/failed'],
])('%s is %s', (thrown, code) => {
  expect(toTransformersError(thrown).code).toBe(code);
});
