/** Texts of bringing documents in. Keys begin with `adding.`. */
export const adding = {
  'adding.files': 'Add files',
  'adding.folder': 'Add folder',
  'adding.paste': 'Paste text',
  'adding.paste-form': 'Text to add',
  'adding.paste-title': 'Title, if you like',
  'adding.paste-text': 'Paste or write the text here',
  'adding.paste-add': 'Add this text',
  'adding.paste-cancel': 'Cancel',
  'adding.drop-here': 'Drop to add to {collection}',
  'adding.first-collection': 'My documents',
  'adding.sample-collection': 'Sample library',
  'adding.added': { one: '{count} source added', other: '{count} sources added' },
  'adding.samples-opening': 'Opening the sample library',
} as const;
