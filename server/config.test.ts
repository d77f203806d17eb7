import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

describe('server settings', () => {
  it('take the port from the environment', () => {
    expect(readConfig({ PORT: '9000' })).toEqual({ port: 9000 });
  });

  it('leave the port open when none is given or it is empty', () => {
    expect(readConfig({})).toEqual({});
    expect(readConfig({ PORT: '' })).toEqual({});
  });

  it.each(['abc', '-1', '70000', '80.5', '0x10'])('refuse the port %s and name the variable', (value) => {
    expect(() => readConfig({ PORT: value })).toThrowError(/PORT must be a port number/);
  });

  it('take the folder of models', () => {
    expect(readConfig({ MODELS__DIR: '/srv/models' })).toEqual({ modelsDir: '/srv/models' });
  });

  it.each([
    ['off', null],
    ['https://hub.example', { origin: 'https://hub.example', stores: [] }],
    ['https://hub.example/, https://cdn.example:8443', { origin: 'https://hub.example', stores: ['https://cdn.example:8443'] }],
    ['https://huggingface.co', { origin: 'https://huggingface.co', stores: ['https://*.hf.co'] }],
    ['http://127.0.0.1:9000', { origin: 'http://127.0.0.1:9000', stores: [] }],
  ])('take the hub %s', (value, hub) => {
    expect(readConfig({ MODELS__HUB: value })).toEqual({ hub });
  });

  it.each(['on', 'hub.example', 'http://hub.example', 'https://hub.example/path', 'https://a@hub.example', 'https://hub.example,', "https://hub.example; script-src 'unsafe-inline'", 'javascript:1', '*'])(
    'refuse the hub %s and name the variable',
    (value) => {
      expect(() => readConfig({ MODELS__HUB: value })).toThrowError(/MODELS__HUB must be/);
    },
  );
});
