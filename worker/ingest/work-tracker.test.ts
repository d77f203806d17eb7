import { expect, it } from 'vitest';
import { WorkTracker } from './work-tracker.ts';

it('counts a run from its first source to its last, and begins anew after it', () => {
  const tracker = new WorkTracker();
  tracker.added(3);
  expect(tracker.measure(false, { unread: 3, unreadBytes: 30, unembedded: 0 })).toEqual({ paused: false, done: 0, total: 3 });
  expect(tracker.measure(false, { unread: 1, unreadBytes: 10, unembedded: 1 })).toEqual({ paused: false, done: 1, total: 3 });
  expect(tracker.measure(false, { unread: 0, unreadBytes: 0, unembedded: 0 })).toEqual({ paused: false, done: 3, total: 3 });
  expect(tracker.measure(false, { unread: 0, unreadBytes: 0, unembedded: 0 })).toEqual({ paused: false, done: 0, total: 0 });
});

it('finds what a session before left to do', () => {
  expect(new WorkTracker().measure(true, { unread: 2, unreadBytes: 9, unembedded: 1 })).toEqual({ paused: true, done: 0, total: 3 });
});

it('names a time left once it has seen a few seconds of reading, and none while paused', () => {
  const tracker = new WorkTracker();
  tracker.settled(1000, 2000);
  const counts = { unread: 1, unreadBytes: 5000, unembedded: 0 };
  expect(tracker.measure(false, counts).secondsLeft).toBeUndefined();
  tracker.settled(1000, 2000);
  expect(tracker.measure(false, counts).secondsLeft).toBe(10);
  expect(tracker.measure(true, counts).secondsLeft).toBeUndefined();
});
