import type { NewFile } from '#core/engine/engine-api.ts';
import { readChosenFiles } from './read-dropped-files.ts';

type LaunchQueue = { setConsumer(consumer: (launch: { files: { getFile(): Promise<File> }[] }) => void): void };

/** Takes the files that the system opened Alcove with, where it is installed. */
export function takeLaunchedFiles(view: Window, onFiles: (files: NewFile[]) => void): void {
  const queue = (view as unknown as { launchQueue?: LaunchQueue }).launchQueue;
  queue?.setConsumer(({ files }) => {
    if (files.length === 0) return;
    void Promise.allSettled(files.map((file) => file.getFile())).then((read) => {
      onFiles(readChosenFiles(read.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))));
    });
  });
}
