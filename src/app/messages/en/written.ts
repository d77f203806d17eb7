/** Texts of written answers. Keys begin with `written.`. */
export const written = {
  'written.by': 'Written by {model} on this device · checked against your documents',
  'written.reading': '{model} reads the passages',
  'written.region': 'Written answer',
  'written.trust-toy': 'This small model rephrases and makes mistakes. Read the quotes.',
  'written.begun': 'not checked yet',

  'written.doubt': '{note}: {doubt}',
  'written.doubt-number': 'the number is not in the source',
  'written.doubt-name': 'the name is not in the source',
  'written.doubt-date': 'the date is not in the source',
  'written.doubt-negation': 'the source says the opposite, or does not say it so',
  'written.doubt-other-words': 'the source says it in other words',
  'written.doubt-nothing-near': 'no passage comes near it',
  'written.repaired': 'The model named another passage here; this is the one that supports it.',
  'written.repaired-count': { one: '{count} citation put right', other: '{count} citations put right' },

  'written.not': 'Not written: {reason}',
  'written.not-no-evidence': 'the passages found are too weak to write from.',
  'written.not-not-ready': 'the model you chose is not ready. The quotes stand by themselves.',
  'written.not-too-small-for-this': 'the model you chose is too small to be asked on evidence like this.',
  'written.not-failed': 'the model failed. The quotes are complete.',
  'written.stopped': 'Stopped while writing. The quotes are complete.',
  'written.stopped-empty': 'Stopped before a sentence was whole. The quotes are complete.',
  'written.empty': '{model} wrote nothing. The quotes stand by themselves.',
  'written.failed': 'The writing broke off. The quotes are complete.',
  'written.to-models': 'Models',

  'written.regenerate': 'Regenerate',
  'written.quotes-only': 'Quotes only',
  'written.with': 'Written by {model}',
  'written.box-quoted': 'Answers: quoted',
  'written.box-written': 'Answers: written by {model}',
  'written.box-starting': 'Answers: quoted, {model} is starting',
  'written.announce': '{model} is writing',

  'written.why-generator': '{model}, {count} tokens at {speed} tokens/s, first after {time}',
} as const;
