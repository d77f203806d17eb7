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
});
